using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// Deletes what is due: a timer begins, a message to itself goes on where the time of one run was up. The schedule says
/// where to look, so the cost grows with what is due and never with what is stored. Anything may end at any moment, or run
/// twice at once: what is due stays in the schedule until it is done.
/// </summary>
public sealed partial class PurgeExpiredData(
    RetentionSchedule schedule,
    PurgeReader reader,
    PurgeActions actions,
    PurgeLog purgeLog,
    PurgeRuns runs,
    PoisonQueues poison,
    DeadLetterStore deadLetters,
    RetentionPolicy policy,
    IOptions<RetentionPeriods> periods,
    ShopMetrics metrics,
    ILogger<PurgeExpiredData> logger,
    TimeProvider clock)
{
    /// <summary>What somebody keeps changing under a run's hands is tried again this often, then left to the next one.</summary>
    private const int Rounds = 3;

    [Function(nameof(PurgeExpiredData))]
    public Task Run([TimerTrigger("%PurgeSchedule%")] TimerInfo timer, CancellationToken cancellation) => RunAsync(cancellation);

    [Function("ContinuePurge")]
    public Task Continue([QueueTrigger(StorageNames.PurgeRuns)] string message, CancellationToken cancellation)
    {
        PurgeRun.Parse(message);
        return RunAsync(cancellation);
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var today = policy.DayOf(clock.GetUtcNow());
        var state = await purgeLog.ReadAsync(cancellation);
        state = await purgeLog.SaveAsync(state, PurgeProgress.Nothing, clock.GetUtcNow(), cancellation);
        var parts = 0;
        var left = 0;
        for (var round = 0; round < Rounds; round++)
        {
            left = 0;
            await foreach (var rows in schedule.DueAsync(today, after: null, cancellation))
            {
                if (parts++ > 0 && clock.GetElapsedTime(began) >= periods.Value.PurgeRunTime)
                {
                    await runs.SendAsync(new(today), cancellation);
                    LogPaused(parts - 1);
                    return;
                }

                (state, var kept) = await PurgePartAsync(state, rows, today, cancellation);
                left += kept;
            }

            if (left == 0) break;
        }

        await FinishAsync(state, today, left, cancellation);
    }

    /// <summary>One part of the schedule: look, decide, reschedule, act, note, and only then take it out of the schedule.</summary>
    /// <returns>The state, and how many rows stay because somebody changed what they point to.</returns>
    private async Task<(PurgeState State, int Left)> PurgePartAsync(
        PurgeState state, IReadOnlyList<RetentionRow> rows, DateOnly today, CancellationToken cancellation)
    {
        var (_, steps) = await reader.PlanAsync(rows, new(policy, today), cancellation);
        await schedule.ScheduleAllAsync(steps.Select(step => step.Next).OfType<RetentionEntry>(), cancellation);
        var outcomes = await actions.ExecuteAsync(steps, cancellation);
        foreach (var count in Counts(outcomes)) metrics.Purged(count.Rule, JsonNamingPolicy.SnakeCaseLower.ConvertName(count.Action.ToString()), count.Count);
        var done = PurgeProgress.Nothing.And(Counts(outcomes)).Over(KeyOf(rows[0]), KeyOf(rows[^1]));
        state = await purgeLog.SaveAsync(state, done, clock.GetUtcNow(), cancellation);
        var over = outcomes.Where(outcome => outcome.Result is StepResult.Done or StepResult.Gone).Select(outcome => outcome.Step.Row).ToList();
        await schedule.RemoveAsync(over, cancellation);
        return (state, rows.Count - over.Count);
    }

    /// <summary>The report's own day is in the schedule before the report is.</summary>
    private async Task FinishAsync(PurgeState state, DateOnly today, int left, CancellationToken cancellation)
    {
        if (!(await poison.EmptyAsync(PoisonQueues.WhileNobodyWaits, cancellation)).IsAll) LogDeadLettersLeft();
        var letters = await deadLetters.PurgeAsync(policy.DeadLettersBefore(clock.GetUtcNow()), cancellation);
        metrics.Purged(RetentionRules.DeadLetter, "delete", letters);
        var done = PurgeProgress.Nothing.And([new(RetentionRules.DeadLetter, PurgeAction.Delete, letters)]);
        for (state = await purgeLog.SaveAsync(state, done, clock.GetUtcNow(), cancellation);
            state.RunStartedAt is not null;
            state = await purgeLog.ReadAsync(cancellation))
        {
            var now = clock.GetUtcNow();
            var report = state.Report(today, policy.Version, left, now);
            await schedule.ScheduleAllAsync([new(policy.PurgeReportDue(now), RetentionRules.PurgeReport, PurgeReportEntity.KeyOf(report.Number))], cancellation);
            if (!await purgeLog.FinishAsync(state, report, cancellation)) continue;
            LogFinished(report.Number, report.Counts.Where(count => count.Action == PurgeAction.Delete).Sum(count => count.Count), left);
            return;
        }
    }

    private static IEnumerable<PurgeCount> Counts(ImmutableArray<PurgeOutcome> outcomes) =>
        outcomes.SelectMany(outcome => new[]
        {
            new PurgeCount(outcome.Step.Rule, outcome.Step.Action, outcome.Result == StepResult.Done ? outcome.Count : 0),
            new PurgeCount(RetentionRules.OrderRestricted, PurgeAction.Restrict, outcome.Restricted),
        });

    private static string KeyOf(RetentionRow row) => PurgeReport.HashOf($"{row.PartitionKey}/{row.RowKey}");

    [LoggerMessage(Level = LogLevel.Information, Message = "The purge has used up its time after {Parts} parts and leaves the rest to a message")]
    private partial void LogPaused(int parts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The purge has used up its time for the poison queues: what still lies there it has not looked at, and the next run does")]
    private partial void LogDeadLettersLeft();

    [LoggerMessage(Level = LogLevel.Information, Message = "Purge {Number} is done: {Deleted} deleted, {Left} left to the next one")]
    private partial void LogFinished(int number, int deleted, int left);
}
