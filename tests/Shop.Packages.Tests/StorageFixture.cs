using Azure.Data.Tables;
using Azure.Storage.Queues;
using Shop.Local.Storage;
using Shop.Packages.Tests;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace Shop.Packages.Tests;

/// <summary>One Azurite in memory for all tests of this assembly; each test makes tables and queues of its own.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private Azurite _azurite = null!;

    public string ConnectionString => _azurite.ConnectionString;

    public Uri TableEndpoint => _azurite.TableEndpoint;

    public async ValueTask InitializeAsync() => _azurite = await Azurite.StartAsync(new AzuriteOptions(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    public async Task<TableClient> NewTableAsync(TableClientOptions? options = null)
    {
        var table = new TableClient(ConnectionString, $"t{Guid.NewGuid():N}", options);
        await table.CreateAsync(TestContext.Current.CancellationToken);
        return table;
    }

    public async Task<QueueClient> NewQueueAsync(QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var queue = new QueueClient(ConnectionString, $"q{Guid.NewGuid():N}", new QueueClientOptions { MessageEncoding = encoding });
        await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return queue;
    }
}
