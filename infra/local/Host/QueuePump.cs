using Azure;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>Polls one queue in the background and runs its messages side by side, up to a batch and the threshold of the next.</summary>
internal sealed partial class QueuePump : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a poll on its way is still waited for when the end is forced.</summary>
    private static readonly TimeSpan LastPoll = TimeSpan.FromSeconds(5);

    private readonly QueueTrigger _trigger;
    private readonly TimeProvider _clock;
    private readonly Func<double> _jitter;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _cancelWork;
    private readonly List<Task> _inFlight = [];
    private readonly Task _loop;
    private TaskCompletionSource _wake = NewWake();
    private int _emptyPolls;
    private bool _saidMissing;
    private bool _failing;

    public QueuePump(QueueTrigger trigger, TimeProvider clock, Func<double> jitter, ILogger log, CancellationToken cancelWork)
    {
        _trigger = trigger;
        _clock = clock;
        _jitter = jitter;
        _log = log;
        _cancelWork = cancelWork;
        _loop = Task.Run(LoopAsync, CancellationToken.None);
    }

    /// <summary>Says that there may be new messages, so that an idle queue is looked at soon.</summary>
    public void Wake() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>Receives nothing more and waits for the messages in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_inFlight);
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            // Made before the poll: who wakes the pump while it polls may have put a message where the poll no longer sees it.
            var wake = NewWake();
            Volatile.Write(ref _wake, wake);
            var received = await ReceiveAsync();
            if (received > 0)
            {
                _emptyPolls = 0;
                await RoomForNextBatchAsync();
            }
            else
            {
                await PauseAsync(wake.Task);
            }
        }
    }

    private async Task<int> ReceiveAsync()
    {
        try
        {
            // Even a forced end waits for this call: messages that the service hid while nobody listened would stay away for
            // long. Those that it brings are begun with the cancelled token, and so shown again.
            using var poll = new CancellationTokenSource();
            await using var forced = _cancelWork.Register(() => poll.CancelAfter(LastPoll));
            var messages = await _trigger.ReceiveAsync(poll.Token);
            foreach (var message in messages)
                _inFlight.Add(Task.Run(() => _trigger.RunAsync(message, _cancelWork), CancellationToken.None));
            if (_failing || _saidMissing)
                LogRecovered(_trigger.Queue);
            _failing = _saidMissing = false;
            return messages.Length;
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            if (!_saidMissing)
                LogMissing(_trigger.Queue, _trigger.Function.Name);
            _saidMissing = true;
        }
        catch (Exception) when (_cancelWork.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception error)
        {
            if (!_failing)
                LogFailing(_trigger.Queue, error);
            _failing = true;
        }
        return 0;
    }

    private async Task RoomForNextBatchAsync()
    {
        _inFlight.RemoveAll(task => task.IsCompleted);
        while (_inFlight.Count > _trigger.Settings.NewBatchThreshold)
        {
            await Task.WhenAny(_inFlight);
            _inFlight.RemoveAll(task => task.IsCompleted);
        }
    }

    private async Task PauseAsync(Task wake)
    {
        var pause = NextPause();
        await DelayAsync(pause < ShortestPause ? pause : ShortestPause, _stop.Token);
        if (pause <= ShortestPause)
            return;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var rest = DelayAsync(pause - ShortestPause, woken.Token);
        if (await Task.WhenAny(rest, wake) == wake)
            _emptyPolls = 0;
        await woken.CancelAsync();
        await rest;
    }

    /// <summary>The shortest, and from the second on something beside it that doubles each time; the longest as it is.</summary>
    private TimeSpan NextPause()
    {
        var empty = Math.Min(_emptyPolls++, 20);
        var pause = empty == 0 ? ShortestPause : ShortestPause + (ShortestPause * Math.Pow(2, empty - 1) * (0.8 + (0.4 * _jitter())));
        var longest = _trigger.Settings.MaxPollingInterval;
        return pause < longest ? pause : longest;
    }

    private async Task DelayAsync(TimeSpan time, CancellationToken cancellationToken) =>
        await Task.Delay(time, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "Queue {Queue} does not exist; {Function} waits for it")]
    private partial void LogMissing(string queue, string function);

    [LoggerMessage(LogLevel.Warning, "Queue {Queue} cannot be read; it is tried again")]
    private partial void LogFailing(string queue, Exception error);

    [LoggerMessage(LogLevel.Information, "Queue {Queue} can be read now")]
    private partial void LogRecovered(string queue);
}
