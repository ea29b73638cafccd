using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>
/// Timer <c>SweepSchedule</c>: the safety net under <c>order-checks</c>. An order in flight whose look is more than
/// an hour overdue is looked at: its message was lost, or the process that was to send it ended. It reads the orders in
/// flight and no others, so with nothing overdue it costs one storage call however many orders are stored.
/// </summary>
public sealed partial class ReconcileOverdueOrders(ReconciliationSchedule schedule, ReconciliationQueue reconciliations, TimeProvider clock, ILogger<ReconcileOverdueOrders> logger)
{
    /// <summary>In one run; the next one goes on.</summary>
    public const int Most = 500;

    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <summary>As the host, its dashboards and the alerts know it: the name outlives the class's.</summary>
    public const string FunctionName = "SweepOrders";

    [Function(FunctionName)]
    public async Task Run([TimerTrigger("%SweepSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var overdue = await schedule.DueBeforeAsync(now - Patience, Most, cancellation);
        foreach (var row in overdue)
        {
            await reconciliations.SendAsync(new(row.RowKey, "swept"), TimeSpan.Zero, cancellation);
            // Not again with every run, should the look keep failing.
            await schedule.SetAsync(row.RowKey, now, cancellation);
        }

        if (overdue.Count > 0) LogOverdue(overdue.Count);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} orders were overdue for a look")]
    private partial void LogOverdue(int count);
}
