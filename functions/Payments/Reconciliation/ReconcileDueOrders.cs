using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders.Reconciliation;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>
/// Timer <c>SweepSchedule</c>: sends the orders whose look is due to <c>order-checks</c>, and the events that have waited to
/// <c>payment-events</c>. The schedule is the one place that says when. The timer reads what is in flight and nothing else,
/// so with nothing due it costs one storage call however many orders are stored.
/// </summary>
public sealed partial class ReconcileDueOrders(
    ReconciliationSchedule schedule, ReconciliationQueue reconciliations, PaymentEvents events, TimeProvider clock, ILogger<ReconcileDueOrders> logger)
{
    /// <summary>In one run, those first that have waited longest; the next one goes on.</summary>
    public const int Most = 500;

    /// <summary>How long a look may take or fail before the order is sent again, and how long overdue is too long.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <summary>As the host, its dashboards and the alerts know it: the name outlives the class's.</summary>
    public const string FunctionName = "SweepOrders";

    [Function(FunctionName)]
    public async Task Run([TimerTrigger("%SweepSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var due = await schedule.DueAsync(now, now - Patience, Most, cancellation);
        foreach (var row in due.Taken())
        {
            if (row.Event is { } message) await SendEvent(row, message, cancellation);
            else await SendOrder(row, now, cancellation);
        }

        if (due.Overdue > 0) LogOverdue(due.Overdue);
    }

    private async Task SendOrder(ReconciliationRow row, DateTimeOffset now, CancellationToken cancellation)
    {
        await reconciliations.SendAsync(new(row.RowKey, "due"), cancellation);
        // Not again with every run, should the look keep failing; one that has looked meanwhile has said better when.
        await schedule.PostponeAsync(row, now + Patience, cancellation);
    }

    /// <summary>Sent first: a process that ends in between sends it twice, and the second one changes nothing.</summary>
    private async Task SendEvent(ReconciliationRow row, string message, CancellationToken cancellation)
    {
        await events.SendAsync(BinaryData.FromString(message), cancellation);
        await schedule.RemoveAsync(row, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} orders were overdue for a look")]
    private partial void LogOverdue(int count);
}
