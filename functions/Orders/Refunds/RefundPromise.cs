using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Refunds;

/// <summary>
/// Money that staff have promised back. It is owed until refunds that carry its id add up to its amount, however often
/// one of them fails and whatever else is refunded meanwhile.
/// </summary>
/// <param name="Id">Derived from the order and the idempotency key; the provider's refund carries it.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="All">True when no amount was named: everything that was left at that time.</param>
/// <param name="By">The account id of the member of staff.</param>
public sealed record RefundPromise(
    string Id, long Amount, string Currency, bool All, string Reason, [property: DataClass(DataClass.Identity)] string By, DateTimeOffset At)
{
    /// <summary>When a provider was last asked to send it; stored before that, so that until then nobody can have sent anything.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When staff took it back; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The account id of the member of staff who did.</summary>
    [DataClass(DataClass.Identity)] public string? WithdrawnBy { get; init; }
}
