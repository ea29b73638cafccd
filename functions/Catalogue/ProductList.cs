using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Shop.Functions.Catalogue;

/// <summary>Every product at one moment, in the order of their SKUs.</summary>
/// <param name="ETag">Of all of them as they are answered; empty where nobody is answered with them.</param>
public sealed record ProductList(ImmutableArray<Product> Products, string ETag = "")
{
    private readonly FrozenDictionary<string, Product> _bySku = Products.ToFrozenDictionary(product => product.Sku, StringComparer.Ordinal);

    public Product? Find(string sku) => _bySku.GetValueOrDefault(sku);
}
