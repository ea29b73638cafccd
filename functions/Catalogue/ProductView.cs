using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary>A product as the storefront sees it.</summary>
/// <param name="VatRate">Per cent in the shop's country, for instance 20; what an order bears follows where it goes.</param>
/// <param name="UnitGross">With that rate.</param>
/// <param name="DescriptionUrl">Where there is more to read about it; absent for nowhere.</param>
/// <param name="WeightGrams">Of one, as it is packed; absent where nobody has said.</param>
/// <param name="Availability">As it was within the last minute; how many there are is nobody's business.</param>
/// <param name="Counted">True where the shop sells as many as there are; absent otherwise.</param>
/// <param name="MostPerOrder">How many one order can have of it; absent for any number.</param>
/// <param name="Withdrawn">True for what is no longer sold; absent otherwise.</param>
public sealed record ProductView(
    string Sku,
    string Name,
    string Category,
    string Description,
    string? DescriptionUrl,
    ImmutableArray<string> Pictures,
    Money UnitNet,
    VatClass VatClass,
    decimal VatRate,
    Money UnitGross,
    int? WeightGrams,
    Availability Availability,
    bool? Counted,
    int? MostPerOrder,
    bool? Withdrawn)
{
    public const string CacheControl = "public, max-age=60";

    public static ProductView Of(Product product, VatOptions vat)
    {
        var rate = vat.HomeRateOf(product.VatClass);
        return new(
            product.Sku,
            product.Name,
            product.Category,
            product.Description,
            product.DescriptionUrl,
            product.Pictures,
            new(product.UnitNet, product.Currency),
            product.VatClass,
            rate / 100m,
            new(product.UnitNet + Vat.On(product.UnitNet, rate), product.Currency),
            product.WeightGrams > 0 ? product.WeightGrams : null,
            product.InStock ? Availability.InStock : Availability.OutOfStock,
            product.IsCounted ? true : null,
            product.MostPerOrder,
            product.Withdrawn ? true : null);
    }

    public static JsonResult<ProductView> Answer(Product product, VatOptions vat, int status = StatusCodes.Status200OK) =>
        new(Of(product, vat), ProductJson.Web.Type<ProductView>(), status)
        {
            ETag = product.Tag(vat),
            Location = status == StatusCodes.Status201Created ? $"/api/products/{product.Sku}" : null,
        };
}

[JsonSerializable(typeof(ListProducts.Response))]
[JsonSerializable(typeof(ProductView))]
[JsonSerializable(typeof(WriteProduct.Request))]
internal sealed partial class ProductJson : JsonSerializerContext
{
    public static ProductJson Web { get; } = new(Json.Strict());
}
