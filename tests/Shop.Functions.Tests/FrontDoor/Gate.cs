namespace Shop.Functions.Tests.FrontDoor;

/// <summary>Holds the first call that fits, so that something else can happen before it.</summary>
public sealed class Gate(Func<HttpRequestMessage, bool> fits)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    /// <summary>Ends when a call stands at the gate.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public Task ArrivedAsync() => _arrived.Task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    public void Open() => _opened.TrySetResult();

    internal async Task PassAsync(HttpRequestMessage request)
    {
        if (!fits(request) || Interlocked.Exchange(ref _taken, 1) == 1) return;
        _arrived.TrySetResult();
        await _opened.Task;
    }
}
