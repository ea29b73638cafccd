using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue.Stock;

/// <summary>
/// <c>GET /api/stock?limit=20&amp;continuation=…</c>: for staff, how many there are of each item that is counted, by SKU, as it is
/// now. One storage call an item, all at once.
/// </summary>
public sealed class ListStock(CatalogueStore catalogue, StockStore stock)
{
    [Function(nameof(ListStock))]
    [RequireRole(StaffRoles.Fulfilment)]
    [Query("continuation", "limit")]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "stock")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, Product.IsSku);
        if (page is null) return invalid!;
        var counted = (await catalogue.ReadAsync(cancellation)).Products
            .Where(product => product.IsCounted && (page.After is null || string.CompareOrdinal(product.Sku, page.After) > 0))
            .OrderBy(product => product.Sku, StringComparer.Ordinal).Take(page.Limit + 1).ToList();
        var items = await Task.WhenAll(counted.Take(page.Limit).Select(async product =>
            Item.Of(product.Sku, await stock.FindAsync(product.Sku, cancellation) ?? new(0, 0), product.Name)));
        var next = counted.Count > page.Limit ? counted[page.Limit - 1].Sku : null;
        return new JsonResult<Response>(new([.. items], Page.Continuation(next)), StockJson.Web.Type<Response>());
    }

    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(ImmutableArray<Item> Items, string? Continuation);

    /// <param name="Reserved">Ordered, and not sent yet.</param>
    /// <param name="Available">Below zero when fewer are on hand than were ordered.</param>
    public sealed record Item(string Sku, string? Name, int OnHand, int Reserved, int Available)
    {
        public static Item Of(string sku, StockLevel level, string? name = null) => new(sku, name, level.OnHand, level.Reserved, level.Available);
    }
}

[JsonSerializable(typeof(ListStock.Response))]
[JsonSerializable(typeof(ListStock.Item))]
[JsonSerializable(typeof(AdjustStock.Request))]
internal sealed partial class StockJson : JsonSerializerContext
{
    public static StockJson Web { get; } = new(Json.Strict());
}
