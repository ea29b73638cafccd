using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Orders.Refunds;

/// <summary>
/// Money that staff have promised back. It is owed until refunds that carry its id add up to its amount, however often
/// one of them fails and whatever else is refunded meanwhile.
/// </summary>
/// <param name="Id">Derived from the order and the idempotency key; the provider's refund carries it.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="All">True when no amount was named: everything that was left at that time, or what the lines come to.</param>
/// <param name="Reason">One of <see cref="RefundReasons"/>.</param>
/// <param name="By">The account id of the member of staff; gone when the order is restricted.</param>
/// <param name="Note">What else they said. Reasons were once sentences, stored under this name: those are notes as well.</param>
public sealed record RefundPromise(
    string Id,
    long Amount,
    string Currency,
    bool All,
    [property: JsonPropertyName("code"), DataClass(DataClass.OrderFiscal, Name = "code")] string Reason,
    [property: DataClass(DataClass.Staff)] string? By,
    DateTimeOffset At,
    [property: JsonPropertyName("reason"), DataClass(DataClass.Note, Name = "reason")] string? Note = null)
{
    /// <summary>What of the order it is for, frozen: the amount is at most what these come to. Null where it names none, as those from before they could.</summary>
    public ImmutableArray<RefundLine>? Lines { get; init; }

    /// <summary>When a provider was last asked to send it; stored before that, so that until then nobody can have sent anything.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When staff took it back; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The account id of the member of staff who did; gone when the order is restricted.</summary>
    [DataClass(DataClass.Staff)] public string? WithdrawnBy { get; init; }

    /// <summary>Who makes them.</summary>
    public static string Role { get; } = StaffRoles.NameOf(StaffRoles.Finance);

    /// <returns>As it is written now: one that had a sentence for its reason has it for a note.</returns>
    public RefundPromise Upgrade() => Reason is null ? this with { Reason = RefundReasons.Other } : this;

    /// <returns>The promise without anybody who can be told from others.</returns>
    public RefundPromise Restricted() => this with { By = null, Note = null, WithdrawnBy = null };
}
