using System.Text.Json.Serialization;

namespace Shop.Functions.Privacy.Purges;

public enum PurgeAction
{
    /// <summary>What the rule is about is deleted.</summary>
    Delete,

    /// <summary>An order stays only for tax law; it goes with <see cref="Delete"/> of its account.</summary>
    Restrict,

    /// <summary>It is not due after all: it was used or paid since it was scheduled.</summary>
    [JsonStringEnumMemberName("refile")]
    Reschedule,

    /// <summary>It is due, and something keeps it.</summary>
    Hold,

    /// <summary>It cannot be read, and its time may not be up yet: a person is told, and it is looked at again tomorrow.</summary>
    Unreadable,

    /// <summary>There is nothing any more.</summary>
    Gone,
}
