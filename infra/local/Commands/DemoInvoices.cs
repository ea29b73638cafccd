using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Commands;

/// <summary>The part of the demo that opens an order's invoice, has a part refunded, and opens the credit note.</summary>
/// <param name="customer">Calls as whoever has ordered.</param>
/// <param name="finance">Calls as <c>Shop.Finance</c>.</param>
internal sealed class DemoInvoices(HttpClient customer, HttpClient finance, Action<string> step)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <exception cref="DemoFailedException">A document does not come, or is not what it should be.</exception>
    public async Task RunAsync(string orderId, CancellationToken cancellation)
    {
        await OpenAsync(orderId, "invoice", cancellation);
        var refund = new HttpRequestMessage(HttpMethod.Post, $"api/orders/{orderId}/refunds")
        {
            Content = JsonContent.Create(new { amount = new { amount = 1_000, currency = "GBP" }, lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } }, reason = "price" }),
        };
        refund.Headers.Add("Idempotency-Key", "demo-refund");
        DemoFailedException.Unless((await finance.SendAsync(refund, cancellation)).StatusCode, HttpStatusCode.Accepted, $"POST /api/orders/{orderId}/refunds");
        step($"POST /api/orders/{orderId}/refunds as Shop.Finance → 202: £10.00 is taken off the price of one UPS-LI-1500, which is sent all the same");
        await OpenAsync(orderId, "credit_note", cancellation);
    }

    private async Task OpenAsync(string orderId, string kind, CancellationToken cancellation)
    {
        var item = await FindAsync(orderId, kind, cancellation);
        var path = $"api/orders/{orderId}/documents/{item["number"]}";
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/pdf"));
        var response = await customer.SendAsync(request, cancellation);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.OK, $"GET /{path}");
        var pdf = await response.Content.ReadAsByteArrayAsync(cancellation);
        DemoFailedException.Unless(pdf.AsSpan().StartsWith("%PDF-"u8), $"/{path} is no PDF.");
        var (gross, vat) = (item["gross"]!["amount"]!.GetValue<long>() / 100m, item["vat"]!["amount"]!.GetValue<long>() / 100m);
        step($"GET /{path} → 200: {kind.Replace('_', ' ')} {item["number"]}, £{gross:0.00}, of it £{vat:0.00} VAT (PDF, {pdf.Length / 1024} kB)");
    }

    private async Task<JsonNode> FindAsync(string orderId, string kind, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var listed = JsonNode.Parse(await customer.GetStringAsync($"api/orders/{orderId}/documents", cancellation))!["items"]!.AsArray();
            if (listed.FirstOrDefault(item => item!["kind"]!.GetValue<string>() == kind) is { } found) return found;
            DemoFailedException.Unless(TimeProvider.System.GetElapsedTime(began) < LongestWait, $"The order has no {kind} after {LongestWait.TotalSeconds:0} seconds.");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }
}
