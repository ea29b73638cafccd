using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Azure;
using Microsoft.Extensions.Options;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary>
/// The catalogue as those see it who look at it: with whether counted items are there, as of the last minute. That costs a call for
/// each of them; whoever places an order does not wait for it.
/// </summary>
public sealed class StockedCatalogue(CatalogueStore catalogue, StockStore stock, IOptions<VatOptions> vat, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>So many calls at once.</summary>
    private const int Together = 16;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Reading? _latest;

    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public async ValueTask<ProductList> ReadAsync(CancellationToken cancellation)
    {
        var list = await catalogue.ReadAsync(cancellation);
        if (_latest is { } known && known.Of == list && IsFresh(known)) return known.List;
        await _reading.WaitAsync(cancellation);
        try
        {
            var counted = list.Products.Where(product => product.IsCounted).Select(product => product.Sku).ToList();
            var levels = _latest is { } others && IsFresh(others) && counted.TrueForAll(others.InStock.ContainsKey)
                ? others
                : new(list, list, await QueryAsync(counted, cancellation), clock.GetTimestamp());
            ImmutableArray<Product> products = [.. list.Products.Select(product => product.IsCounted ? product with { InStock = levels.InStock[product.Sku] } : product)];
            _latest = levels with { Of = list, List = new(products, ETags.OfText(string.Concat(products.Select(product => product.Tag(vat.Value))))) };
            return _latest.List;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsFresh(Reading reading) => clock.GetElapsedTime(reading.At) < Fresh;

    private async Task<FrozenDictionary<string, bool>> QueryAsync(List<string> counted, CancellationToken cancellation)
    {
        var inStock = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(counted, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellation }, async (sku, stop) =>
            inStock[sku] = await stock.FindAsync(sku, stop) is { Available: > 0 });
        return inStock.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <param name="Of">The catalogue that it was made of.</param>
    private sealed record Reading(ProductList Of, ProductList List, FrozenDictionary<string, bool> InStock, long At);
}
