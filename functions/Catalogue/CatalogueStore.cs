using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue;

/// <summary>
/// The catalogue in memory. It is read as a whole, at most once a minute, so that placing an order costs no call for
/// it; the price a customer pays is the one this holds when the order is placed. What staff change shows within that minute.
/// </summary>
public sealed partial class CatalogueStore(TableServiceClient tables, TimeProvider clock, ILogger<CatalogueStore> logger) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Catalogue);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Reading? _latest;

    /// <summary>How often this process has written: what was read before that, or meanwhile, is not shown after it.</summary>
    private int _written;

    /// <returns>The products, not older than a minute.</returns>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public async ValueTask<ProductList> ReadAsync(CancellationToken cancellation)
    {
        if (_latest is { } known && IsFresh(known)) return known.List;
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_latest is { } others && IsFresh(others)) return others.List;
            var (at, written) = (clock.GetTimestamp(), Volatile.Read(ref _written));
            var list = await QueryAsync(cancellation);
            _latest = new(list, at, written);
            return list;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>A product as it is stored now, for whoever changes it; null when there is none. One storage call.</summary>
    public Task<ProductEntity?> FindAsync(string sku, CancellationToken cancellation) =>
        _table.FindAsync<ProductEntity>(ProductEntity.Partition, sku, cancellation);

    /// <summary>Stores a product. One storage call. This process shows it from then on, others within a minute.</summary>
    /// <param name="known">What is stored, as it was read; null for a new one.</param>
    /// <returns>False when somebody else was faster.</returns>
    public async Task<bool> WriteAsync(Product product, ProductEntity? known, CancellationToken cancellation)
    {
        var entity = ProductEntity.Of(product);
        try
        {
            if (known is null) await _table.AddEntityAsync(entity, cancellation);
            else await _table.UpdateEntityAsync(entity, known.ETag, TableUpdateMode.Replace, cancellation);
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 409 or 412)
        {
            return false;
        }

        Interlocked.Increment(ref _written);
        return true;
    }

    public void Dispose() => _reading.Dispose();

    private bool IsFresh(Reading reading) => reading.Written == Volatile.Read(ref _written) && clock.GetElapsedTime(reading.At) < Fresh;

    private async Task<ProductList> QueryAsync(CancellationToken cancellation)
    {
        var products = new List<Product>();
        await foreach (var entity in _table.QueryAsync<ProductEntity>($"PartitionKey eq '{ProductEntity.Partition}'", cancellationToken: cancellation))
        {
            if (entity.ToProduct() is { } product) products.Add(product);
            else LogNotOnSale(entity.RowKey);
        }

        return new([.. products]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Product {Sku} is not on sale: it is stored without a name, a price, a currency or a class of VAT that the shop knows")]
    private partial void LogNotOnSale(string sku);

    private sealed record Reading(ProductList List, long At, int Written);
}
