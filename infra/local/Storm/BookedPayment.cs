namespace Shop.Local.Storm;

/// <summary>One payment as the provider's own books have it, in minor units.</summary>
/// <param name="Id">The provider's.</param>
/// <param name="Charged">What the customer paid; 0 while it is under way and when it came to nothing.</param>
/// <param name="Withdrawn">What disputes and reversals have taken.</param>
public sealed record BookedPayment(Tender Tender, string? Id, string OrderId, long Charged, long Refunded, long RefundsPending, long Withdrawn)
{
    public long Kept => Charged - Refunded - RefundsPending - Withdrawn;
}
