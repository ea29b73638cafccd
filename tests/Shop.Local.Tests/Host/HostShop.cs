namespace Shop.Local.Tests.Host;

/// <summary>One shop for all tests of a way to call the app, worked by hand, on storage of its own: its time is moved as well.</summary>
public abstract class HostShop : IAsyncLifetime
{
    private readonly MovableClock _clock = new();

    public LocalShop Shop { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Shop = await LocalShop.StartAsync(
            Called(new()
            {
                Ports = LocalPorts.Free,
                SettingsFile = LocalSettings.Sample,
                Automatic = false,
                Clock = _clock,
                Settings = new Dictionary<string, string?> { ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00" },
            }),
            TestContext.Current.CancellationToken);
        Http.BaseAddress = Shop.Host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Shop.DisposeAsync();
        _clock.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>How the app is called.</summary>
    protected abstract LocalShopOptions Called(LocalShopOptions options);
}
