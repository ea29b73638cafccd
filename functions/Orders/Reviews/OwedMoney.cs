using Shop.Functions.Orders.Refunds;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Orders.Reviews;

/// <summary>Measures what should have gone back more than an hour ago: every order that owes it is on the list of reviews.</summary>
public sealed class OwedMoney(ReviewList reviews, OrderStore orders, ShopMetrics metrics, TimeProvider clock)
{
    /// <summary>Whoever owes to more has other worries than the sum.</summary>
    private const int Most = 100;

    /// <summary>One storage call, and one for each order on the list; none where nobody wants to know.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        if (!metrics.WantsOwed) return;
        var now = clock.GetUtcNow();
        var overdue = new List<OverdueRefund>();
        foreach (var row in (await reviews.PageAsync(Most, null, cancellation)).Rows)
        {
            try
            {
                if (await orders.FindAsync(row.RowKey, cancellation) is { } order) overdue.AddRange(OverdueRefund.AllOf(order, now, row.ToHindrance()));
            }
            catch (UnreadableOrderException)
            {
                // Whoever lists the reviews is told of it.
            }
        }

        var amounts = overdue.GroupBy(refund => refund.Owed.Amount.Currency).ToDictionary(those => those.Key, those => those.Sum(refund => refund.Owed.Amount.Amount));
        metrics.Owes(amounts, overdue.Count == 0 ? TimeSpan.Zero : now - overdue.Min(refund => refund.Since));
    }
}
