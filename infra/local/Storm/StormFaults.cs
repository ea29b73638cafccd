using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Shop.Local.Storm;

/// <summary>Brings the great faults, one after the other, so that none begins before what the last one took away is back or on its way.</summary>
public sealed class StormFaults(StormShop shop, StormStorage storage, StormCalls calls, StormTimings timings, StormWeather weather, StormClock clock, StormTally tally, StormConsole console)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestStorageOutage = TimeSpan.FromSeconds(4);

    /// <param name="partOver">Which part of the storm is over.</param>
    /// <param name="calm">Customers are done: what is left of the plan comes at once, and meets what the shop still has to do.</param>
    public async Task RunAsync(ImmutableArray<PlannedFault> plan, Func<double> partOver, CancellationToken calm, CancellationToken cancellation)
    {
        foreach (var planned in plan)
        {
            await UntilAsync(() => partOver() >= planned.At, calm);
            var answers = timings.Answers + planned.AndAnswers;
            await UntilAsync(() => timings.Answers >= answers, calm);
            cancellation.ThrowIfCancellationRequested();
            await BringAsync(planned, cancellation);
            tally.Bring(planned.Fault);
        }
    }

    private async Task BringAsync(PlannedFault planned, CancellationToken cancellation)
    {
        switch (planned.Fault)
        {
            case StormFault.ShopKilled:
                Say("the shop is killed");
                await shop.KillAsync(cancellation);
                await shop.StartAsync(cancellation);
                await weather.LoseAfterPaymentAsync(cancellation);
                break;
            case StormFault.AppKilled:
                Say("the app is killed");
                await KillAppAsync(cancellation);
                break;
            case StormFault.StorageRestarted:
                Say("storage is restarted");
                await storage.RestartAsync(planned.Length < LongestStorageOutage ? planned.Length : LongestStorageOutage, cancellation);
                break;
            case StormFault.ProviderAway:
                Say($"{planned.Tender} is away for {planned.Length.TotalSeconds:0} s");
                await weather.BeAwayAsync(planned.Tender, planned.Length, cancellation);
                break;
            case StormFault.ClockMoved:
                // Asked twice it would move twice, which would do no harm: how far it is ahead is read where the shop keeps it.
                await calls.PostAsync(new Uri(shop.Api, "admin/clock"), null, new { days = planned.Length.TotalDays }, null, cancellation);
                Say($"the clock is moved to {clock.Ahead.TotalHours:0.0} h ahead");
                break;
        }
    }

    private async Task KillAppAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var status = await calls.GetAsync(new Uri(shop.Api, "admin/host/status"), null, cancellation);
            if (status.Body?["appProcessId"] is JsonValue id && Kill(id.GetValue<int>())) return;
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }

    private static bool Kill(int id)
    {
        try
        {
            using var app = Process.GetProcessById(id);
            app.Kill();
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Say(string what) => console.Print($"  after {tally.Begun} orders and {timings.Answers} answers {what}");

    private static async Task UntilAsync(Func<bool> holds, CancellationToken calm)
    {
        while (!calm.IsCancellationRequested && !holds())
            await Task.Delay(BetweenLooks, TimeProvider.System, calm).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
