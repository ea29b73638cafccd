namespace Shop.Local.Tests;

/// <summary>A clock that stands still until it is moved. Timers fire inside <see cref="Advance"/>.</summary>
internal sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = start ?? new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
    private (int Count, TaskCompletionSource Reached)? _awaited;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Waits until so many timers are set, so that a test moves the clock only when everybody looks at it.</summary>
    public Task AlarmsAsync(int count, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_alarms.Count >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (count, reached);
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public void Advance(TimeSpan time)
    {
        List<Alarm> due;
        lock (_lock)
        {
            _now += time;
            due = [.. _alarms.Where(alarm => alarm.At <= _now)];
            _alarms.RemoveAll(due.Contains);
        }

        foreach (var alarm in due)
            alarm.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private void TellIfAwaited()
    {
        if (_awaited is not { } awaited || _alarms.Count < awaited.Count)
            return;
        _awaited = null;
        awaited.Reached.SetResult();
    }

    private sealed class Alarm(ManualClock clock, Action ring) : ITimer
    {
        public DateTimeOffset At { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var atOnce = dueTime == TimeSpan.Zero;
            lock (clock._lock)
            {
                clock._alarms.Remove(this);
                if (!atOnce && dueTime != Timeout.InfiniteTimeSpan)
                {
                    At = clock._now + dueTime;
                    clock._alarms.Add(this);
                    clock.TellIfAwaited();
                }
            }

            if (atOnce)
                ring();
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
