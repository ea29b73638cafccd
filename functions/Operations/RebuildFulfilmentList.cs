using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary>
/// <c>POST /api/operations/fulfilment/rebuild?limit=100&amp;continuation=…</c>: puts right, order by order, whether it is on
/// the list of what is to be sent: for orders that were paid before there was a list, and for a list that was lost. Those that lack
/// an invoice or a credit note, for they were paid before or while the version that issues them was deployed, are looked at next; so are those
/// of which a parcel came back or could not be delivered, for what that asks of a person comes on the list of reviews by such a look.
/// Over and over is the same as once. One storage call, and at most three more for each order.
/// </summary>
public sealed class RebuildFulfilmentList(OrderStore orders, ReconciliationQueue reconciliations)
{
    [Function(nameof(RebuildFulfilmentList))]
    [RequireRole(StaffRoles.Operator)]
    [Query("continuation", "limit")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operations/fulfilment/rebuild")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, OrderIds.IsId);
        if (page is null) return invalid!;

        var (found, next) = await orders.PageAsync(DateTimeOffset.UnixEpoch, page.After, page.Limit, cancellation);
        var (added, uninvoiced, returned, unreadable) = (0, 0, 0, 0);
        foreach (var (_, order) in found)
        {
            if (order is null)
            {
                unreadable++;
                continue;
            }

            if (await orders.RelistAsync(order, cancellation)) added++;
            var (isUninvoiced, isReturned) = (DueDocuments.AnyOf(order), !GoodsConcerns.AllOf(order).IsEmpty);
            if (!isUninvoiced && !isReturned) continue;
            await reconciliations.SendAsync(new(order.Id, isUninvoiced ? "uninvoiced" : "returned"), cancellation);
            if (isUninvoiced) uninvoiced++;
            if (isReturned) returned++;
        }

        return new JsonResult<Response>(new(found.Count, added, uninvoiced, returned, unreadable, Page.Continuation(next)), RebuildWeb.Json.Type<Response>());
    }

    /// <param name="Orders">How many were looked at.</param>
    /// <param name="Added">How many of them were missing.</param>
    /// <param name="Uninvoiced">How many lack an invoice or a credit note, and are looked at next.</param>
    /// <param name="Returned">How many have a parcel that came back or could not be delivered, of which nobody has decided, and are looked at next.</param>
    /// <param name="Unreadable">How many cannot be understood; they are left as they are.</param>
    /// <param name="Continuation">Go on with it; absent when all have been looked at.</param>
    public sealed record Response(int Orders, int Added, int Uninvoiced, int Returned, int Unreadable, string? Continuation);
}

[JsonSerializable(typeof(RebuildFulfilmentList.Response))]
internal sealed partial class RebuildWeb : JsonSerializerContext
{
    public static RebuildWeb Json { get; } = new(Platform.Http.Json.Strict());
}
