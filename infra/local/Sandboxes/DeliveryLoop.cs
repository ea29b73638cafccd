namespace Shop.Local.Sandboxes;

/// <summary>In automatic mode: delivers what is due and does what the clock asks for, in the background.</summary>
internal sealed class DeliveryLoop : IAsyncDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly SandboxAccount _account;
    private readonly Clockwork _clockwork;
    private readonly Webhooks _webhooks;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _slots;
    private Task _running = Task.CompletedTask;

    public DeliveryLoop(SandboxAccount account, Clockwork clockwork, Webhooks webhooks)
    {
        _account = account;
        _clockwork = clockwork;
        _webhooks = webhooks;
        _slots = new SemaphoreSlim(account.Settings.ConcurrentDeliveries);
        account.Woken = Wake;
    }

    public void Start()
    {
        if (_account.Settings.Mode == SandboxMode.Automatic)
            _running = RunAsync();
    }

    public void Wake() => _work.Release();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        // Deliveries that were under way give up their slots when they see the cancellation.
        for (var slot = 0; slot < _account.Settings.ConcurrentDeliveries; slot++)
            await _slots.WaitAsync();
        _stopping.Dispose();
        _slots.Dispose();
        _work.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _clockwork.AdvanceAsync();
                foreach (var raised in _webhooks.TakeDue(ignoreBackOff: false))
                {
                    await _slots.WaitAsync(_stopping.Token);
                    _ = AttemptAsync(raised);
                }

                await SleepAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Asked to stop; what was not delivered is in the state and goes out after the next start.
        }
    }

    private async Task AttemptAsync(SandboxEvent raised)
    {
        try
        {
            await _webhooks.AttemptAsync(raised, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The same: it was not delivered and will be.
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task SleepAsync()
    {
        var (delivery, clockwork) = _account.Alone(() => (_webhooks.NextDue(), _clockwork.Next()));
        var next = _account.Clock + LongestSleep;
        if (delivery < next)
            next = delivery.Value;
        if (clockwork is { } seconds && DateTimeOffset.FromUnixTimeSeconds(seconds) < next)
            next = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var sleep = next - _account.Clock;
        if (sleep <= TimeSpan.Zero)
            return;

        using var woken = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAny(Task.Delay(sleep, _account.Settings.TimeProvider, woken.Token), _work.WaitAsync(woken.Token));
        await woken.CancelAsync();
        _stopping.Token.ThrowIfCancellationRequested();
        // One look serves every call that came meanwhile.
        while (_work.Wait(0))
        {
        }
    }
}
