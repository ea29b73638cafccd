namespace Shop.Functions.Tests.FrontDoor;

/// <summary>One running shop for all tests of a class, for tests that leave nothing behind that the others would notice.</summary>
public sealed class OneShop(StorageEmulator emulator) : IAsyncLifetime
{
    public RunningShop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Shop = await RunningShop.StartAsync(emulator);
        // The first thing that staff do on a day costs a call more, whichever test it is.
        await Shop.As("officer@shop.example", "Shop.Privacy").ReadAsync("api/privacy/purges");
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
