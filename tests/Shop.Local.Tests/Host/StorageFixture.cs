using Shop.Local.Storage;
using Shop.Local.Tests.Host;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace Shop.Local.Tests.Host;

/// <summary>One Azurite in memory for all queue tests; each test has queues of its own.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private Azurite _azurite = null!;

    public string ConnectionString => _azurite.ConnectionString;

    public async ValueTask InitializeAsync() =>
        _azurite = await Azurite.StartAsync(new AzuriteOptions(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();
}
