namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>Holds the function host's polls of a queue back until all messages of a round lie in it.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _opened = New();
    private TaskCompletionSource _held = New();
    private bool _isOpen;

    /// <summary>Ends when a poll waits at the closed gate.</summary>
    public Task HeldAsync()
    {
        lock (_lock) return _held.Task;
    }

    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
            _held = New();
            _opened.TrySetResult();
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
            _opened = New();
        }
    }

    public DelegatingHandler Handler() => new Held(this);

    private Task PassAsync()
    {
        lock (_lock)
        {
            if (_isOpen) return Task.CompletedTask;
            _held.TrySetResult();
            return _opened.Task;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Held(Gate gate) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get) await gate.PassAsync().WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
