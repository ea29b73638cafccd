using Microsoft.Azure.Functions.Worker;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Timer: looks at the clocks of all open breaches and raises the alert that is true now: with 72 hours left (it is raised
/// when a breach is entered), 48, 24 and 4, when the time is up and each day after that, until both the authority and the
/// people are answered for. Late is better than never: what was missed is raised at the next look, as it stands then. A look
/// costs two storage calls for each open breach, one more while an answer is missing and two for what it raises; closed ones
/// cost nothing.
/// </summary>
public sealed class WatchBreaches(BreachStore breaches, BreachAlarm alarm, TimeProvider clock)
{
    [Function(nameof(WatchBreaches))]
    public async Task Run([TimerTrigger("%BreachWatchSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        await foreach (var open in breaches.OpenAsync(cancellation))
        {
            try
            {
                await CheckAsync(open.BreachId, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                // What is wrong with one must not keep the others' clocks from being heard.
                failures.Add(exception);
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task CheckAsync(string breachId, CancellationToken cancellation)
    {
        // The list is written before the breach; whoever was entering it may not have got that far.
        if (await breaches.FindAsync(breachId, cancellation) is not { } breach) return;
        if (breach.ClosedAt is not null)
        {
            await breaches.RemoveFromOpenAsync(breachId, cancellation);
            return;
        }

        await alarm.RaiseAsync(breach, clock.GetUtcNow(), cancellation);
    }
}
