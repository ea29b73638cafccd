using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Catalogue;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Placing;

/// <summary>
/// <c>POST /api/orders/quote</c>: what an order would cost, with its delivery and its tax, or why it would be refused. The body
/// is that of <see cref="PlaceOrder"/>; nothing of it is kept. No storage call beyond the catalogue's.
/// </summary>
public sealed class QuoteOrder(
    CatalogueStore catalogue, IEnumerable<IPaymentLimits> payments, IOptions<VatOptions> vat, IOptions<DeliveryOptions> delivery, TimeProvider clock)
{
    /// <summary>The order is never stored, so it is nobody's.</summary>
    private static readonly string NoOrder = OrderIds.IdOf("", "quote");

    [Function(nameof(QuoteOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/quote")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, PlaceOrderWeb.Json.Type<PlaceOrderRequest>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;

        var (prices, now) = (new PriceList(await catalogue.ReadAsync(cancellation), vat.Value, delivery.Value), clock.GetUtcNow());
        var (order, refused) = body.Price(prices, "", NoOrder, now, now);
        if (order is null) return refused!;
        if (PlaceOrder.Refusal(order, payments) is { } refusal) return refusal;

        Money Amount(long amount) => new(amount, order.Currency);
        var lines = order.Lines.Select(line => OrderView.LineOf(line, order.Currency)).ToImmutableArray();
        return new JsonResult<Response>(new(order.Currency, lines, Amount(order.Net), Amount(order.Vat), Amount(order.Gross)), QuoteWeb.Json.Type<Response>());
    }

    /// <param name="Lines">As the order would have them; those of its delivery are the last.</param>
    public sealed record Response(string Currency, ImmutableArray<OrderView.Line> Lines, Money Net, Money Vat, Money Gross);
}

[JsonSerializable(typeof(QuoteOrder.Response))]
internal sealed partial class QuoteWeb : JsonSerializerContext
{
    public static QuoteWeb Json { get; } = new(Platform.Http.Json.Strict());
}
