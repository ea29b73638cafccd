using System.Text.Json.Serialization;

namespace Shop.Functions.Platform;

/// <summary>What a stored row is about: its clock runs from something different for each.</summary>
public enum Subject
{
    /// <summary>Goods on sale; nothing of a person.</summary>
    Catalogue,

    /// <summary>A person's account.</summary>
    Account,

    /// <summary>A sale.</summary>
    Order,

    /// <summary>A message on a queue, until it is handled or set aside.</summary>
    Message,

    /// <summary>The schedule of what falls due; a row goes with what it points to.</summary>
    [JsonStringEnumMemberName("diary")]
    RetentionSchedule,

    /// <summary>How far a payment provider has been reconciled.</summary>
    Reconciliation,

    /// <summary>What a purge did.</summary>
    PurgeReport,

    /// <summary>That somebody's data was erased, without saying whose.</summary>
    Erasure,

    /// <summary>What staff did.</summary>
    StaffAction,

    /// <summary>An order not to delete somebody's data.</summary>
    LegalHold,

    /// <summary>A personal data breach, as the register has it.</summary>
    Breach,

    /// <summary>That the published policy was reviewed.</summary>
    PolicyReview,

    /// <summary>How often somebody has done something, without saying who.</summary>
    RateCount,
}
