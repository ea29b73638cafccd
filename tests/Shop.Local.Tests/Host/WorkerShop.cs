namespace Shop.Local.Tests.Host;

/// <summary>One process for all tests that run the app as it is deployed, worked by hand, on storage of its own: its time is moved as well.</summary>
[CollectionDefinition(nameof(WorkerShop))]
public sealed class WorkerShop : IAsyncLifetime, ICollectionFixture<WorkerShop>
{
    private readonly MovableClock _clock = new();

    public LocalShop Shop { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Shop = await LocalShop.StartAsync(
            new LocalShopOptions
            {
                Ports = LocalPorts.Free,
                SettingsFile = LocalSettings.Sample,
                Automatic = false,
                Clock = _clock,
                Settings = new Dictionary<string, string?> { ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00" },
            },
            TestContext.Current.CancellationToken);
        Http.BaseAddress = Shop.Host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Shop.DisposeAsync();
        _clock.Dispose();
    }
}
