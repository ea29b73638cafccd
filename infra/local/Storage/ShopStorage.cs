using Azure.Data.Tables;
using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;
using Shop.Local.Catalogue;

namespace Shop.Local.Storage;

/// <summary>Where the shop keeps its data: an emulator of its own, or an account that the settings name; its tables and queues are there.</summary>
internal sealed class ShopStorage : IAsyncDisposable
{
    private Azurite? _emulator;

    private ShopStorage(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>Completes when the shop's own emulator has ended; never where storage is somebody else's.</summary>
    public Task Ended { get; private init; } = new TaskCompletionSource().Task;

    /// <param name="setting">The value of <c>AzureWebJobsStorage</c>; null or <c>UseDevelopmentStorage=true</c> for an emulator.</param>
    /// <exception cref="LocalSetupException">The setting is no connection string, or a port is taken.</exception>
    public static async Task<ShopStorage> StartAsync(
        LocalShopOptions options, string? setting, AzuriteOptions emulator, string settingsFile, CancellationToken cancellationToken)
    {
        var storage = (options.StorageConnectionString ?? setting) is { } given and not "UseDevelopmentStorage=true"
            ? new ShopStorage(given)
            : await EmulatedAsync(emulator, cancellationToken);
        try
        {
            await storage.FillAsync(settingsFile, cancellationToken);
            return storage;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _emulator?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<ShopStorage> EmulatedAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var emulator = await Azurite.StartAsync(options, cancellationToken);
        return new ShopStorage(emulator.ConnectionString) { _emulator = emulator, Ended = emulator.Ended };
    }

    private async Task FillAsync(string settingsFile, CancellationToken cancellationToken)
    {
        var (tables, queues) = Clients(settingsFile);
        await Task.WhenAll(
            StorageNames.Tables.Select(name => (Task)tables.CreateTableIfNotExistsAsync(name, cancellationToken))
                .Concat(StorageNames.Queues.Select(name => (Task)queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken))));
        await Products.SeedAsync(tables.GetTableClient(StorageNames.Catalogue), cancellationToken);
    }

    private (TableServiceClient Tables, QueueServiceClient Queues) Clients(string settingsFile)
    {
        try
        {
            // Whoever mistyped an address should not wait for half a minute of retries.
            return (
                new(ConnectionString, new TableClientOptions { Retry = { MaxRetries = 2 } }),
                new(ConnectionString, new QueueClientOptions { Retry = { MaxRetries = 2 } }));
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new LocalSetupException($"{settingsFile}: AzureWebJobsStorage is not a connection string ({exception.Message}).");
        }
    }
}
