namespace Shop.Functions.Tests.Reliability;

/// <summary>What one payment came to in its provider's own books, in minor units.</summary>
/// <param name="Charged">0 while it is under way and when it came to nothing.</param>
/// <param name="Withdrawn">What disputes and reversals have taken.</param>
internal sealed record BookedPayment(string Provider, string? Id, string OrderId, long Charged, long Refunded, long RefundsPending, long Withdrawn)
{
    public long Kept => Charged - Refunded - RefundsPending - Withdrawn;
}
