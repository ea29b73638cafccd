using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Storage;

[assembly: AssemblyFixture(typeof(StorageEmulator))]

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>One Azurite for all tests of this assembly; each shop has a storage account of its own in it.</summary>
public sealed class StorageEmulator : IAsyncLifetime
{
    private const int MostShops = 800;

    private Azurite? _azurite;
    private int _shops;

    public async ValueTask InitializeAsync() => _azurite = await Azurite.StartAsync(
        new AzuriteOptions { Accounts = [.. Enumerable.Range(1, MostShops).Select(NameOf)] }, TestContext.Current.CancellationToken);

    public string NewAccount() => Interlocked.Increment(ref _shops) is var shop and <= MostShops
        ? _azurite!.ConnectionStringOf(NameOf(shop))
        : throw new InvalidOperationException($"More than {MostShops} shops in one run: raise the number.");

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null) await _azurite.DisposeAsync();
    }

    private static string NameOf(int shop) => $"shop{shop}";
}
