using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>One running shop whose PayPal is a <see cref="PayPalHost"/>.</summary>
public sealed class PayPalShop(StorageEmulator emulator) : IAsyncLifetime
{
    internal PayPalHost Host { get; private set; } = null!;

    public RunningShop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await PayPalHost.StartAsync();
        Shop = await RunningShop.StartAsync(emulator, Host.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Host.DisposeAsync();
    }
}
