using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>
/// Timer <c>SweepSchedule</c>: sends the orders whose look is due to <c>order-checks</c>. The schedule is the one place
/// that says when: a message that waits hidden in a queue looks to Azure's scale controller like work to do now. It reads
/// the orders in flight and no others, so with nothing due it costs one storage call however many orders are stored.
/// </summary>
public sealed partial class ReconcileDueOrders(ReconciliationSchedule schedule, ReconciliationQueue reconciliations, TimeProvider clock, ILogger<ReconcileDueOrders> logger)
{
    /// <summary>In one run; the next one goes on.</summary>
    public const int Most = 500;

    /// <summary>How long a look may take or fail before the order is sent again, and how long overdue is too long.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <summary>As the host, its dashboards and the alerts know it: the name outlives the class's.</summary>
    public const string FunctionName = "SweepOrders";

    [Function(FunctionName)]
    public async Task Run([TimerTrigger("%SweepSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var due = await schedule.DueAsync(now, Most, cancellation);
        foreach (var row in due)
        {
            await reconciliations.SendAsync(new(row.RowKey, "due"), cancellation);
            // Not again with every run, should the look keep failing; one that has looked meanwhile has said better when.
            await schedule.PostponeAsync(row, now + Patience, cancellation);
        }

        if (due.Count(row => row.Due < now - Patience) is > 0 and var overdue) LogOverdue(overdue);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} orders were overdue for a look")]
    private partial void LogOverdue(int count);
}
