using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Refunds;

/// <summary>Money that has to go back.</summary>
/// <param name="Capture">Where it came from.</param>
/// <param name="Reference">What it answers: <see cref="Surplus"/> or the id of a refund request. The provider's refund carries it.</param>
/// <param name="Number">1, or one more than the refunds of this capture for this reference that are known (<see cref="CaptureAccount.KnownFor"/>).</param>
/// <param name="HasFailed">Whether a try at it has failed.</param>
public sealed record OwedRefund(LedgerEntry Capture, Money Amount, string Reference, int Number, bool HasFailed = false)
{
    /// <summary>The reference of money that does not belong here.</summary>
    public const string Surplus = "surplus";

    /// <summary>
    /// The same for every try at this refund, so that the provider makes it once, and another one's for every refund that is
    /// known: at most 108 characters. A try whose answer was lost is not known, and so the next one has its key.
    /// </summary>
    public string IdempotencyKey => $"refund:{Capture.Key}:{Reference}:{Amount.Amount}:{Number}";
}
