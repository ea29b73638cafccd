using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Catalogue;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>PUT /api/orders/{id}/shipments/{number}/restock</c>: of a parcel that has come back, staff who have seen what is in it say how
/// much is fit to be sold again. It says the whole, not what is new: twice is the same as once, and it can be corrected; never more
/// than was in the parcel. Of several items each changes by itself. Two storage calls with what puts it on record, and three for each item.
/// </summary>
public sealed class RestockParcel(OrderStore orders, CatalogueStore catalogue, StockStore stock, TimeProvider clock)
{
    private static readonly Problem NotReturned = new(409, "not-returned", "This parcel has not come back, as far as its carrier or staff have said.");
    private static readonly Problem NotInParcel = new(422, "not-in-parcel", "There is something here that was not in the parcel.");
    private static readonly Problem MoreThanReturned = new(409, "more-than-returned", "That is more than was in the parcel.");
    private static readonly Problem NotCounted = new(409, "not-counted", "This product is not counted: there is nothing to put it back to.");
    private static readonly Problem Impossible = new(409, "stock-impossible", "Fewer than none, or more than can be counted, would be on hand.");

    [Function(nameof(RestockParcel))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "orders/{id}/shipments/{number}/restock")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, RestockWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (ShipmentView.NumberOf(number) is not { } wanted || !OrderIds.IsId(id) || await orders.FindAsync(id, cancellation) is not { } order) return Problem.NotFound;
        if (FulfilmentProgress.Of(order).Find(wanted) is not { } parcel) return Problem.NotFound;
        if (body.Refusal(order, parcel) is { } refusal) return refusal;

        var products = await catalogue.ReadAsync(cancellation);
        if (body.Lines.FirstOrDefault(line => products.Find(line.Sku) is not { IsCounted: true }) is { } uncounted) return NotCounted with { Detail = uncounted.Sku };
        var items = ImmutableArray.CreateBuilder<ListStock.Item>(body.Lines.Length);
        foreach (var line in body.Lines)
        {
            var restocked = await stock.RestockAsync(line.Sku, ParcelReference.Of(id, wanted), line.Quantity, clock.GetUtcNow(), cancellation);
            if (restocked.Outcome == StockAdjustmentOutcome.Impossible) return Impossible with { Detail = line.Sku };
            items.Add(ListStock.Item.Of(line.Sku, restocked.Level, products.Find(line.Sku)?.Name));
        }

        return new JsonResult<ListStock.Response>(new(items.ToImmutable(), null), StockJson.Web.Type<ListStock.Response>());
    }

    /// <param name="Lines">What of the parcel is on the shelf again, by SKU; none of what is not named changes.</param>
    public sealed record Request(ImmutableArray<ShipmentItem> Lines)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            ShipmentItem.Check(validation, Lines, least: 0);
            return validation.Problem;
        }

        /// <returns>Why it cannot be; null when it can.</returns>
        public Problem? Refusal(Order order, ShipmentProgress parcel)
        {
            if (parcel.Status != ShipmentStatus.Returned) return NotReturned;
            var held = ShipmentItem.Of(order, parcel.Lines).GroupBy(item => item.Sku).ToDictionary(item => item.Key, item => item.Sum(part => part.Quantity));
            if (Lines.Any(line => !held.ContainsKey(line.Sku))) return NotInParcel;
            return Lines.FirstOrDefault(line => line.Quantity > held[line.Sku]) is { } most
                ? MoreThanReturned with { Detail = $"{most.Sku}: {held[most.Sku]}." }
                : null;
        }
    }
}

[JsonSerializable(typeof(RestockParcel.Request))]
internal sealed partial class RestockWeb : JsonSerializerContext
{
    public static RestockWeb Json { get; } = new(Platform.Http.Json.Strict());
}
