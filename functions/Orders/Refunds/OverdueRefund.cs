using System.Collections.Immutable;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Refunds;

/// <summary>Money that has had to go back for more than an hour, or that waits for somebody to put a provider's key right, and is not on its way.</summary>
/// <param name="Since">When all that makes it owed was there: the money, the end of the order, the promise.</param>
public sealed record OverdueRefund(OwedRefund Owed, DateTimeOffset Since)
{
    private static readonly TimeSpan OwedAtMost = TimeSpan.FromHours(1);

    /// <param name="hindrance">Where the provider does not let this shop in, no hour needs to pass to know that a person has to help.</param>
    public static ImmutableArray<OverdueRefund> AllOf(Order order, DateTimeOffset now, Hindrance? hindrance = null) =>
    [
        .. Settlement.Of(order).Refunds.Select(owed => new OverdueRefund(owed, SinceOf(order, owed)))
            .Where(refund => hindrance?.IsShutOut(refund.Owed.Capture.Provider) == true || now - refund.Since > OwedAtMost),
    ];

    private static DateTimeOffset SinceOf(Order order, OwedRefund owed)
    {
        DateTimeOffset?[] times = [owed.Capture.At, order.Closed?.At, order.RefundPromises.FirstOrDefault(request => request.Id == owed.Reference)?.At];
        return times.Max()!.Value;
    }
}
