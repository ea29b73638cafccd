using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Local.Tests.Host;

public sealed class TimerTests
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 2, 59, 0, TimeSpan.Zero));
    private readonly Runs _runs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timer_fires_when_it_is_due_and_not_before()
    {
        await using var host = await StartAsync<Nightly>();

        await MoveAsync(TimeSpan.FromSeconds(59));
        await MoveAsync(TimeSpan.FromSeconds(1));
        var first = await _runs.NextAsync();
        await MoveAsync(TimeSpan.FromHours(24));
        var second = await _runs.NextAsync();

        first.ShouldBe("2026-03-01T03:00:00 past due False");
        second.ShouldBe("2026-03-02T03:00:00 past due False last 2026-03-01T03:00:00 next 2026-03-02T03:00:00");
    }

    [Fact]
    public async Task What_falls_due_while_it_runs_is_made_up_for_once_and_after_it()
    {
        await using var host = await StartAsync<EveryMinute>();
        var hold = _runs.Hold();

        await MoveAsync(TimeSpan.FromMinutes(1));
        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T03:00:00");
        _clock.Advance(TimeSpan.FromSeconds(330));
        hold.SetResult();
        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T03:05:30 past due False");
        await MoveAsync(TimeSpan.FromSeconds(30));

        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T03:06:00 past due False");
    }

    /// <summary>Past due is what a host finds when it starts; one that runs and comes late says nothing of it.</summary>
    [Fact]
    public async Task A_timer_that_comes_late_in_a_running_host_runs_once_and_is_not_past_due()
    {
        await using var host = await StartAsync<EveryMinute>();

        await MoveAsync(TimeSpan.FromMinutes(10));
        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T03:09:00 past due False");
        await MoveAsync(TimeSpan.FromMinutes(1));

        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T03:10:00 past due False last 2026-03-01T03:09:00");
    }

    [Fact]
    public async Task A_run_missed_while_the_host_was_down_is_made_up_for()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "timers.json");
        await using (await StartAsync<Nightly>(path))
        {
            await MoveAsync(TimeSpan.FromMinutes(1));
            await _runs.NextAsync();
            await _clock.AlarmsAsync(1, Cancellation);
        }
        _clock.Advance(TimeSpan.FromDays(3));

        await using (await StartAsync<Nightly>(path))
        {
            (await _runs.NextAsync()).ShouldBe("2026-03-04T03:00:00 past due True last 2026-03-01T03:00:00 next 2026-03-02T03:00:00");
        }
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task A_first_run_missed_while_the_host_was_down_is_made_up_for()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "timers.json");
        await using (await StartAsync<Nightly>(path)) await _clock.AlarmsAsync(1, Cancellation);
        _clock.Advance(TimeSpan.FromDays(3));

        await using (await StartAsync<Nightly>(path)) (await _runs.NextAsync()).ShouldBe("2026-03-04T02:59:00 past due True");
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task With_another_schedule_nothing_was_missed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "timers.json");
        await using (await StartAsync<AsSet>(path, schedule: "0 0 3 * * *"))
        {
            await MoveAsync(TimeSpan.FromMinutes(1));
            await _runs.NextAsync();
            await _clock.AlarmsAsync(1, Cancellation);
        }
        _clock.Advance(TimeSpan.FromDays(3));

        await using (await StartAsync<AsSet>(path, schedule: "0 0 6 * * *"))
        {
            await MoveAsync(TimeSpan.FromHours(3));
            (await _runs.NextAsync()).ShouldBe("2026-03-04T06:00:00 past due False");
        }
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task A_timer_may_run_at_start_and_take_its_schedule_from_a_setting()
    {
        await using var host = await StartAsync<AtStart>();

        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T02:59:00 past due False");
        await MoveAsync(TimeSpan.FromMinutes(6));
        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T03:05:00");
    }

    [Fact]
    public async Task A_timer_that_fails_fires_again()
    {
        await using var host = await StartAsync<EveryMinute>();
        _runs.Fail = true;
        var failed = host.Host.NextInvocationAsync(run => !run.Succeeded, Cancellation);

        await MoveAsync(TimeSpan.FromMinutes(1));
        (await failed).Error!.Message.ShouldBe("no");
        await _runs.NextAsync();
        _runs.Fail = false;
        await MoveAsync(TimeSpan.FromMinutes(1));

        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T03:01:00");
    }

    [Fact]
    public async Task A_timer_run_by_hand_runs_at_once()
    {
        await using var host = await StartAsync<Nightly>(run: false);

        await host.Host.InvokeAsync("Nightly", null, Cancellation);

        (await _runs.NextAsync()).ShouldStartWith("2026-03-01T02:59:00 past due False");
    }

    [Fact]
    public async Task The_end_waits_for_a_timer_that_runs()
    {
        var host = await StartAsync<EveryMinute>();
        var hold = _runs.Hold();
        await MoveAsync(TimeSpan.FromMinutes(1));
        await _runs.NextAsync();

        var end = host.DisposeAsync().AsTask();
        end.IsCompleted.ShouldBeFalse();
        hold.SetResult();
        await end;

        _runs.Finished.ShouldBe(1);
    }

    private async Task MoveAsync(TimeSpan time)
    {
        await _clock.AlarmsAsync(1, Cancellation);
        _clock.Advance(time);
    }

    private Task<TestHost> StartAsync<T>(string? path = null, bool run = true, string schedule = "0 */5 * * * *") => TestHost.StartAsync<T>(new()
    {
        Configure = app => app.Services.AddSingleton(_runs).AddSingleton<TimeProvider>(_clock),
        Settings = { ["Often"] = schedule },
        Clock = _clock,
        RunTimers = run,
        TimerStatusPath = path,
    });

    public sealed class Runs
    {
        private readonly Channel<string> _runs = Channel.CreateUnbounded<string>();
        private TaskCompletionSource? _hold;

        public bool Fail { get; set; }

        public int Finished { get; private set; }

        public TaskCompletionSource Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> NextAsync() => _runs.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);

        public async Task AddAsync(TimerInfo timer, TimeProvider clock)
        {
            var told = timer.ScheduleStatus is { } status && status.Last != default ? $" last {status.Last:s} next {status.Next:s}" : "";
            _runs.Writer.TryWrite($"{clock.GetUtcNow():s} past due {timer.IsPastDue}{told}");
            if (_hold is { } hold)
            {
                _hold = null;
                await hold.Task;
            }
            if (Fail)
                throw new InvalidOperationException("no");
            Finished++;
        }
    }
}
