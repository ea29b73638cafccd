using Shop.Local.Storage;
using Shop.Local.Tests.Host;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace Shop.Local.Tests.Host;

/// <summary>One Azurite in memory: each queue test has queues of its own in the usual account, and each shop an account.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private const int MostShops = 20;

    private Azurite _azurite = null!;
    private int _shops;

    public string ConnectionString => _azurite.ConnectionString;

    public async ValueTask InitializeAsync() =>
        _azurite = await Azurite.StartAsync(new AzuriteOptions { Accounts = [.. Enumerable.Range(1, MostShops).Select(NameOf)] }, TestContext.Current.CancellationToken);

    /// <summary>For a shop, which names its tables and queues as every other shop does.</summary>
    public string NewAccount() => Interlocked.Increment(ref _shops) is var shop and <= MostShops
        ? _azurite.ConnectionStringOf(NameOf(shop))
        : throw new InvalidOperationException($"More than {MostShops} shops in one run: raise the number.");

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    private static string NameOf(int shop) => $"shop{shop}";
}
