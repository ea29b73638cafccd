using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Listing;

/// <summary>
/// <c>GET /api/orders?payment=&amp;fulfilment=&amp;from=&amp;until=&amp;limit=20&amp;continuation=…</c>: the signed-in person's orders, newest
/// first. One storage call a page; by state a page can have fewer than its limit, and there is more as long as it has a continuation.
/// </summary>
public sealed class ListOrders(OrderIndex index)
{
    [Function(nameof(ListOrders))]
    [SignedIn]
    [Query("continuation", "from", "fulfilment", "limit", "payment", "until")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, OrderIndex.IsPlace);
        if (page is null) return invalid!;
        var (filter, wrong) = OrderFilter.Of(request);
        if (filter is null) return wrong!;

        var (found, next) = await index.PageAsync(Caller.Of(request).AccountId, filter, page.Limit, page.After, cancellation);
        return OrderList.Answer(found, Page.Continuation(next));
    }
}
