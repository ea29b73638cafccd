using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>Fires the timers when they are due. A timer never overlaps itself: what falls due while it runs is left out.</summary>
internal sealed partial class TimerTriggers(
    FunctionHostOptions options, FunctionRunner runner, ILoggerFactory loggers, CancellationToken cancelWork) : IAsyncDisposable
{
    /// <summary>A timer cannot sleep for longer than some 49 days at once.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly TimeProvider _clock = options.Clock;
    private readonly TimerStatusFile _status = new(options.TimerStatusPath);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private readonly ILogger _log = loggers.CreateLogger("Host.Timers");

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    public void Start(FunctionDescription function) => _loops.Add(LoopAsync(function));

    /// <summary>What a timer run by hand is told.</summary>
    public TimerInfo Info(FunctionDescription function, bool pastDue)
    {
        var status = _status.Find(function.Name) ?? new ScheduleStatus { Next = Schedule(function).After(Now) };
        return new TimerInfo { IsPastDue = pastDue, ScheduleStatus = function.UseMonitor ? status : null };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        _stop.Dispose();
    }

    private static TimerSchedule Schedule(FunctionDescription function) => TimerSchedule.Parse(function.Schedule!);

    private async Task LoopAsync(FunctionDescription function)
    {
        var schedule = Schedule(function);
        // A run that fell due while nothing was running is made up for, once.
        var missed = function.UseMonitor && _status.Find(function.Name) is { } last && last.Next != default && last.Next <= Now;
        if (missed || function.RunOnStartup)
            await RunAsync(function, schedule, missed);
        while (true)
        {
            var due = schedule.After(Now);
            if (!await SleepUntilAsync(due))
                return;
            await RunAsync(function, schedule, pastDue: schedule.After(due) <= Now);
        }
    }

    private async Task RunAsync(FunctionDescription function, TimerSchedule schedule, bool pastDue)
    {
        // Off the caller's stack: the start of the host does not wait for a timer, and a clock that is set by hand fires inline.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var started = Now;
        try
        {
            runner.Publish(await runner.RunAsync(function, new TimerInput(Info(function, pastDue)), cancelWork));
            if (function.UseMonitor)
                _status.Store(function.Name, new ScheduleStatus { Last = started, Next = schedule.After(Now), LastUpdated = Now });
        }
        catch (Exception error)
        {
            LogFailed(function.Name, error);
        }
    }

    /// <returns>False when the host ends first.</returns>
    private async Task<bool> SleepUntilAsync(DateTime due)
    {
        while (!_stop.IsCancellationRequested && due - Now is var left && left > TimeSpan.Zero)
        {
            var sleep = Task.Delay(left < LongestSleep ? left : LongestSleep, _clock, _stop.Token);
            await sleep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return !_stop.IsCancellationRequested;
    }

    [LoggerMessage(LogLevel.Error, "The timer {Function} could not be run or its status not be stored")]
    private partial void LogFailed(string function, Exception error);
}
