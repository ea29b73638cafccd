using System.Net;
using System.Text.Json.Nodes;

namespace Shop.Local.Storm;

/// <summary>Reads the sandboxes' own books and what the shop says of its orders.</summary>
public sealed class StormBooks(StormShop shop, StormCalls calls)
{
    /// <returns>The payments of both providers, by our order's id.</returns>
    public async Task<ILookup<string, BookedPayment>> ReadAsync(CancellationToken cancellation)
    {
        var all = new List<BookedPayment>();
        foreach (var tender in Tenders.All)
        {
            var answer = await calls.GetAsync(new Uri(shop.Sandbox(tender), "sandbox/payments"), null, cancellation);
            all.AddRange(((JsonArray)answer.Body!).Select(payment => Payment(tender, payment!)));
        }

        return all.ToLookup(payment => payment.OrderId);
    }

    /// <returns>The payment of an order that has money in it.</returns>
    public async Task<BookedPayment?> KeptAsync(string orderId, CancellationToken cancellation) =>
        (await ReadAsync(cancellation))[orderId].FirstOrDefault(payment => payment.Kept > 0);

    public async Task<Claimed> ClaimAsync(string orderId, StormPerson customer, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync(new Uri(shop.Api, $"api/orders/{orderId}"), customer, cancellation);
        if (answer.Status != HttpStatusCode.OK) throw new StormFailedException($"Order {orderId} was accepted, and reading it answers {(int)answer.Status}.");
        return new Claimed(
            answer.Read<string>("payment.status"), answer.Read<bool>("cancelled"), answer.Read<long>("payment.received.amount"), answer.Read<long>("payment.refunded.amount"),
            answer.Read<long>("payment.withdrawn.amount"))
        {
            Fulfilment = answer.Read<string>("fulfilment.status"),
        };
    }

    /// <summary>The documents of a customer's order.</summary>
    public async Task<List<StatedDocument>> DocumentsAsync(string orderId, StormPerson customer, CancellationToken cancellation)
    {
        var answer = (await calls.GetAsync(new Uri(shop.Api, $"api/orders/{orderId}/documents"), customer, cancellation)).Must(HttpStatusCode.OK);
        return [.. answer.Body!["items"]!.AsArray().Select(item => new StatedDocument(
            orderId, item!["kind"]!.GetValue<string>(), item["number"]!.GetValue<string>(), item["gross"]!["amount"]!.GetValue<long>()))];
    }

    /// <summary>All orders in the customer's list, by id; an id that is listed twice is there twice.</summary>
    public async Task<List<string>> ListAsync(StormPerson customer, CancellationToken cancellation)
    {
        var listed = new List<string>();
        var next = default(string);
        do
        {
            var query = next is null ? "" : $"&continuation={Uri.EscapeDataString(next)}";
            var page = await calls.GetAsync(new Uri(shop.Api, $"api/orders?limit=50{query}"), customer, cancellation);
            listed.AddRange(page.Body!["items"]!.AsArray().Select(order => order!["id"]!.GetValue<string>()));
            next = page.Body["continuation"]?.GetValue<string>();
        }
        while (next is not null);
        return listed;
    }

    private static BookedPayment Payment(Tender tender, JsonNode payment) => new(
        tender,
        payment[tender.PaymentMember()]?.GetValue<string>(),
        payment[tender.OrderMember()]?.GetValue<string>() ?? "",
        payment["charged"]!.GetValue<long>(),
        payment["refunded"]!.GetValue<long>(),
        payment["refundsPending"]!.GetValue<long>(),
        payment["withdrawn"]!.GetValue<long>());
}
