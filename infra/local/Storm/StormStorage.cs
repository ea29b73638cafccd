using Shop.Local.Storage;

namespace Shop.Local.Storm;

/// <summary>
/// The storm's own storage, in a process that ends and begins again on the same data while the shop runs on. It is asked to end
/// and saves first: Azurite acknowledges a write before it is on disk, which the real service does not, so <c>kill -9</c> of it
/// loses what no app could have kept.
/// </summary>
public sealed class StormStorage(AzuriteOptions options) : IAsyncDisposable
{
    private Azurite? _running;

    public string ConnectionString { get; private set; } = "";

    /// <exception cref="LocalSetupException">Node, npm or a port are not as they must be.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _running = await Azurite.StartAsync(options, cancellation);
        ConnectionString = _running.ConnectionString;
    }

    /// <param name="pause">For how long there is none, beside the time that ending and starting take.</param>
    public async Task RestartAsync(TimeSpan pause, CancellationToken cancellation)
    {
        await _running!.DisposeAsync();
        await Task.Delay(pause, TimeProvider.System, cancellation);
        await StartAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null) await _running.DisposeAsync();
    }
}
