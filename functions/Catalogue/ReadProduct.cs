using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary><c>GET /api/products/{sku}</c>: one product, also one that is no longer sold. Anyone may ask, caches may keep it for a minute.</summary>
public sealed class ReadProduct(StockedCatalogue catalogue, IOptions<VatOptions> vat)
{
    [Function(nameof(ReadProduct))]
    [Anonymous]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "products/{sku}")] HttpRequest request, string sku, CancellationToken cancellation)
    {
        var list = await catalogue.ReadAsync(cancellation);
        return list.Find(sku) is { } product
            ? ProductView.Answer(product, vat.Value) with { CacheControl = ProductView.CacheControl }
            : Problem.NotFound;
    }
}
