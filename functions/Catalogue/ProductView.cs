using System.Text.Json.Serialization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary>A product as the storefront sees it.</summary>
/// <param name="VatRate">Per cent, for instance 20.</param>
public sealed record ProductView(string Sku, string Name, string Category, string Description, Money UnitNet, decimal VatRate, Money UnitGross)
{
    public const string CacheControl = "public, max-age=60";

    public static ProductView Of(Product product) => new(
        product.Sku,
        product.Name,
        product.Category,
        product.Description,
        new(product.UnitNet, product.Currency),
        product.VatBasisPoints / 100m,
        new(product.UnitNet + Vat.On(product.UnitNet, product.VatBasisPoints), product.Currency));
}

[JsonSerializable(typeof(ListProducts.Response))]
[JsonSerializable(typeof(ProductView))]
internal sealed partial class ProductJson : JsonSerializerContext
{
    public static ProductJson Web { get; } = new(Json.Strict());
}
