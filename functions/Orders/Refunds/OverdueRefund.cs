using System.Collections.Immutable;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Refunds;

/// <summary>Money that has had to go back for more than an hour and is not on its way.</summary>
/// <param name="Since">When all that makes it owed was there: the money, the end of the order, the promise.</param>
public sealed record OverdueRefund(OwedRefund Owed, DateTimeOffset Since)
{
    private static readonly TimeSpan OwedAtMost = TimeSpan.FromHours(1);

    public static ImmutableArray<OverdueRefund> AllOf(Order order, DateTimeOffset now) =>
        [.. Settlement.Of(order).Refunds.Select(owed => new OverdueRefund(owed, SinceOf(order, owed))).Where(refund => now - refund.Since > OwedAtMost)];

    private static DateTimeOffset SinceOf(Order order, OwedRefund owed)
    {
        DateTimeOffset?[] times = [owed.Capture.At, order.Closed?.At, order.RefundPromises.FirstOrDefault(request => request.Id == owed.Reference)?.At];
        return times.Max()!.Value;
    }
}
