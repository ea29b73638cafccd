using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>
/// Fires the timers when they are due, as TimerListener of Azure/azure-webjobs-sdk-extensions does. A timer never overlaps itself: what falls
/// due while it runs is made up for after it, once.
/// </summary>
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
    public TimerInfo Info(FunctionDescription function) => Info(function, _status.Find(function.Name) ?? Schedule(function).Resume(null, Now), pastDue: false);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        _stop.Dispose();
    }

    private static TimerSchedule Schedule(FunctionDescription function) => TimerSchedule.Parse(function.Schedule!);

    private static TimerInfo Info(FunctionDescription function, ScheduleStatus status, bool pastDue) =>
        new() { IsPastDue = pastDue, ScheduleStatus = function.UseMonitor ? status : null };

    private async Task LoopAsync(FunctionDescription function)
    {
        var schedule = Schedule(function);
        var known = function.UseMonitor ? _status.Find(function.Name) : null;
        var status = schedule.Resume(known, Now);
        if (status != known) Store(function, status);
        // A run that fell due while nothing was running is made up for, once.
        var missed = status.Next < Now;
        if (missed || function.RunOnStartup)
            status = await RunAsync(function, schedule, status, missed);
        while (await SleepUntilAsync(status.Next))
            status = await RunAsync(function, schedule, status, pastDue: false);
    }

    /// <returns>When it is due next.</returns>
    private async Task<ScheduleStatus> RunAsync(FunctionDescription function, TimerSchedule schedule, ScheduleStatus status, bool pastDue)
    {
        // Off the caller's stack: the start of the host does not wait for a timer, and a clock that is set by hand fires inline.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var started = Now;
        runner.Publish(await runner.RunAsync(function, new TimerInput(Info(function, status, pastDue)), cancelWork));
        var next = new ScheduleStatus { Last = started, Next = schedule.After(started), LastUpdated = started };
        Store(function, next);
        return next;
    }

    private void Store(FunctionDescription function, ScheduleStatus status)
    {
        if (!function.UseMonitor) return;
        try
        {
            _status.Store(function.Name, status);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotStored(function.Name, error);
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

    [LoggerMessage(LogLevel.Error, "When the timer {Function} is due next could not be stored")]
    private partial void LogNotStored(string function, Exception error);
}
