namespace Shop.Local.Tests.Host;

/// <summary>One shop for all tests of a way to call the app, worked by hand, on storage of its own: its time is moved as well.</summary>
public abstract class HostShop : IAsyncLifetime
{
    private readonly MovableClock _clock = new();

    public LocalShop Shop { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    /// <summary>How long clients have waited for an answer; it stands still.</summary>
    internal ManualClock FrontEnd { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Shop = await LocalShop.StartAsync(
            Called(new()
            {
                Ports = LocalPorts.Free,
                SettingsFile = LocalSettings.Sample,
                Automatic = false,
                Clock = _clock,
                FrontEndClock = FrontEnd,
                Settings = new Dictionary<string, string?> { ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00" },
            }),
            TestContext.Current.CancellationToken);
        Http.BaseAddress = Shop.Host.Address;
    }

    /// <summary>Lets PayPal tell what it has to tell, and the app do what it has to do, until there is nothing more.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> SettleAsync()
    {
        var deliveries = new List<WebhookDelivery>();
        int moved;
        do
        {
            var now = await Shop.PayPal!.DeliverAsync(TestContext.Current.CancellationToken);
            deliveries.AddRange(now);
            moved = now.Count + await Shop.Host.DrainQueuesAsync(TestContext.Current.CancellationToken);
        }
        while (moved > 0);
        return deliveries;
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
