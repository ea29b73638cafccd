using System.Collections.Immutable;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue;

/// <summary>A product as it is stored: table <c>catalogue</c>, PartitionKey <c>catalogue</c>, RowKey the SKU.</summary>
[Stored(StorageNames.Catalogue, "*", Subject.Catalogue)]
public sealed class ProductEntity : ITableEntity
{
    public const string Partition = "catalogue";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public string Name { get; set; } = "";

    [DataClass(DataClass.None)] public string Category { get; set; } = "";

    [DataClass(DataClass.None)] public string Description { get; set; } = "";

    /// <summary>Minor units for one, without VAT.</summary>
    [DataClass(DataClass.None)] public long UnitNet { get; set; }

    [DataClass(DataClass.None)] public string Currency { get; set; } = "";

    /// <summary>Hundredths of a per cent: 2000 is 20 %.</summary>
    [DataClass(DataClass.None)] public int VatBasisPoints { get; set; }

    public Product ToProduct() => new(RowKey, Name, Category, Description, UnitNet, Currency, VatBasisPoints);
}

/// <summary>
/// The catalogue in memory. It is read as a whole, at most once a minute, so that placing an order costs no call for
/// it; the price a customer pays is the one this holds when the order is placed.
/// </summary>
public sealed class CatalogueStore(TableServiceClient tables, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

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

    public void Dispose() => _reading.Dispose();

    private async Task<ProductList> QueryAsync(CancellationToken cancellation)
    {
        var products = ImmutableArray.CreateBuilder<Product>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var entity in _table.QueryAsync<ProductEntity>($"PartitionKey eq '{ProductEntity.Partition}'", cancellationToken: cancellation))
        {
            // Without a name or a price, or in a currency the shop cannot count in, an order for it would only fail later.
            if (string.IsNullOrWhiteSpace(entity.Name) || !Currencies.IsKnown(entity.Currency) || entity.UnitNet <= 0 || entity.VatBasisPoints is < 0 or > 10_000) continue;
            products.Add(entity.ToProduct());
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(entity.ToProduct().ToString()));
        }

        return new(products.ToImmutable(), ETags.OfText(Convert.ToHexString(hash.GetHashAndReset())));
    }

    private sealed record Reading(ProductList List, long At);
}
