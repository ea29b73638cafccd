using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Shop.Functions.Catalogue;

/// <summary>Every product at one moment, in the order of their SKUs.</summary>
public sealed record ProductList(ImmutableArray<Product> Products)
{
    private readonly FrozenDictionary<string, Product> _bySku = Products.ToFrozenDictionary(product => product.Sku, StringComparer.Ordinal);

    public Product? Find(string sku) => _bySku.GetValueOrDefault(sku);
}
