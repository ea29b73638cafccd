using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>The step of a reconciliation that issues invoices and credit notes.</summary>
public sealed partial class InvoiceReconciler(InvoiceSeries series, IOptions<RetentionPeriods> periods, ILogger<InvoiceReconciler> logger)
{
    /// <summary>Numbers that too many ask for at once hold up nothing else: the next look asks again.</summary>
    public Task IssueDueAsync(ReconciliationRun run, CancellationToken cancellation) =>
        DueDocuments.AnyOf(run.Order) ? run.OrPostponeAsync(() => IssueAsync(run, cancellation)) : Task.CompletedTask;

    /// <summary>
    /// What is due goes onto the order, then each takes its number, then the order learns it: whoever ends in between has said
    /// which document it was, and the next look goes on with that one. Four storage calls, and one for each document.
    /// </summary>
    private async Task IssueAsync(ReconciliationRun run, CancellationToken cancellation)
    {
        try
        {
            await run.ChangeAsync(order => SalesDocument.AddDue(order, periods.Value), cancellation);
        }
        catch (OrderLimitException full)
        {
            // What there is of the order is looked after all the same.
            LogFull(full, run.Order.Id);
        }

        var issued = new List<(int Place, string Number, DateTimeOffset At)>();
        foreach (var (place, document) in run.Order.Documents.Index())
        {
            if (document.Number is not null) continue;
            var (number, at) = await series.TakeAsync(run.Order, place, cancellation);
            issued.Add((place, number, at));
        }

        if (issued.Count == 0) return;
        await run.ChangeAsync(order => issued.Aggregate(order, (current, it) => SalesDocument.Issue(current, it.Place, it.Number, it.At)), cancellation);
        foreach (var (_, number, _) in issued) LogIssued(number, run.Order.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Number} is issued for order {OrderId}")]
    private partial void LogIssued(string number, string orderId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId} has no room for another invoice or credit note: somebody must issue it")]
    private partial void LogFull(Exception exception, string orderId);
}
