using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary><c>GET /api/products/{sku}</c>: one product. Anyone may ask, caches may keep it for a minute.</summary>
public sealed class ReadProduct(CatalogueStore catalogue)
{
    [Function(nameof(ReadProduct))]
    [Anonymous]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "products/{sku}")] HttpRequest request, string sku, CancellationToken cancellation)
    {
        var list = await catalogue.ReadAsync(cancellation);
        return list.Find(sku) is { } product
            ? new JsonResult<ProductView>(ProductView.Of(product), ProductJson.Web.Type<ProductView>())
            {
                ETag = ETags.OfText(product.ToString()),
                CacheControl = ProductView.CacheControl,
            }
            : Problem.NotFound;
    }
}
