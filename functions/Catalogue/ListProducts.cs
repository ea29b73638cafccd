using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary><c>GET /api/products</c>: everything that can be ordered. Anyone may ask, caches may keep it for a minute.</summary>
public sealed class ListProducts(StockedCatalogue catalogue, IOptions<VatOptions> vat)
{
    [Function(nameof(ListProducts))]
    [Anonymous]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "products")] HttpRequest request, CancellationToken cancellation)
    {
        var list = await catalogue.ReadAsync(cancellation);
        return new JsonResult<Response>(new([.. list.Products.Where(product => !product.Withdrawn).Select(product => ProductView.Of(product, vat.Value))]), ProductJson.Web.Type<Response>())
        {
            ETag = list.ETag,
            CacheControl = ProductView.CacheControl,
        };
    }

    public sealed record Response(ImmutableArray<ProductView> Items);
}
