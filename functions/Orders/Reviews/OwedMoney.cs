using Shop.Functions.Orders.Refunds;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Orders.Reviews;

/// <summary>Measures what should have gone back more than an hour ago: every order that owes it is on the list of reviews.</summary>
public sealed class OwedMoney(ReviewList reviews, OrderStore orders, ShopMetrics metrics, TimeProvider clock)
{
    private const int OfAPage = 100;

    /// <summary>A run does other things as well: of more orders than on so many pages the sum is that of the first.</summary>
    private const int MostPages = 10;

    /// <summary>One storage call for a hundred orders on the list and one for each order; none where nobody wants to know.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        if (!metrics.WantsOwed) return;
        var now = clock.GetUtcNow();
        var overdue = new List<OverdueRefund>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            (var rows, after) = await reviews.PageAsync(OfAPage, after, cancellation);
            foreach (var row in rows) overdue.AddRange(await OfOrderAsync(row, now, cancellation));
            if (after is null) break;
        }

        var amounts = overdue.GroupBy(refund => refund.Owed.Amount.Currency).ToDictionary(those => those.Key, those => those.Sum(refund => refund.Owed.Amount.Amount));
        metrics.Owes(amounts, overdue.Count == 0 ? TimeSpan.Zero : now - overdue.Min(refund => refund.Since));
    }

    private async Task<IEnumerable<OverdueRefund>> OfOrderAsync(ReviewRow row, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await orders.FindAsync(row.RowKey, cancellation) is { } order ? OverdueRefund.AllOf(order, now, row.ToHindrance()) : [];
        }
        catch (UnreadableOrderException)
        {
            // Whoever lists the reviews is told of it.
            return [];
        }
    }
}
