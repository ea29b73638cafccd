using Azure;
using Azure.Data.Tables;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue;

/// <summary>
/// The catalogue in memory. It is read as a whole, at most once a minute, so that placing an order costs no call for
/// it; the price a customer pays is the one this holds when the order is placed. What staff change shows within that minute,
/// and so does whether a counted item is there, which costs a call for each of them.
/// </summary>
public sealed class CatalogueStore(TableServiceClient tables, StockStore stock, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>So many calls at once.</summary>
    private const int Together = 16;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Catalogue);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Reading? _latest;

    /// <returns>The products, not older than a minute.</returns>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public async ValueTask<ProductList> ReadAsync(CancellationToken cancellation)
    {
        if (_latest is { } known && clock.GetElapsedTime(known.At) < Fresh) return known.List;
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_latest is { } others && clock.GetElapsedTime(others.At) < Fresh) return others.List;
            var at = clock.GetTimestamp();
            var list = await QueryAsync(cancellation);
            _latest = new(list, at);
            return list;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>A product as it is stored now, for whoever changes it; null when there is none. One storage call.</summary>
    public async Task<ProductEntity?> FindAsync(string sku, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<ProductEntity>(ProductEntity.Partition, sku, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

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

        _latest = null;
        return true;
    }

    public void Dispose() => _reading.Dispose();

    private async Task<ProductList> QueryAsync(CancellationToken cancellation)
    {
        var products = new List<Product>();
        await foreach (var entity in _table.QueryAsync<ProductEntity>($"PartitionKey eq '{ProductEntity.Partition}'", cancellationToken: cancellation))
        {
            if (entity.ToProduct() is { } product) products.Add(product);
        }

        var counted = products.Index().Where(product => product.Item.IsCounted).ToList();
        await Parallel.ForEachAsync(counted, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellation }, async (product, stop) =>
            products[product.Index] = product.Item with { InStock = await stock.FindAsync(product.Item.Sku, stop) is { Available: > 0 } });
        return new([.. products], ETags.OfText(string.Concat(products.Select(product => product.Tag()))));
    }

    private sealed record Reading(ProductList List, long At);
}
