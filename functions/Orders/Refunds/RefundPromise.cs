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
    string Id, long Amount, string Currency, bool All, string Reason, [property: DataClass(DataClass.Identity)] string By, DateTimeOffset At);
