using System.Net;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.PayPal;

public sealed class ControlTests : IAsyncLifetime
{
    private PayPalUnderTest _paypal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _paypal = await PayPalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _paypal.DisposeAsync();

    [Fact]
    public async Task Everything_that_happens_to_a_payment_can_be_made_to_happen_over_http()
    {
        var order = await _paypal.OrderAsync();
        await DoAsync($"orders/{order}/approve", ("choice", "approves-with-e-check"));
        await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture");
        var capture = (string)(await ListAsync("captures")).Single()!["id"]!;
        await DoAsync($"payments/{capture}/settle", ("succeeds", "true"));
        var refund = (string?)(await DoAsync($"payments/{capture}/refund", ("amount", "500")))["refund"];
        await DoAsync($"refunds/{refund}/settle", ("succeeds", "false"));
        var dispute = (string?)(await DoAsync($"payments/{capture}/dispute", ("amount", "1000")))["dispute"];
        await DoAsync($"disputes/{dispute}/review", ("at", "once"));
        await DoAsync($"disputes/{dispute}/close", ("outcome", "won"));
        await DoAsync($"payments/{capture}/reverse", ("at", "once"));

        var book = (await ListAsync("payments")).Single()!;
        ((string?)book["customId"], (long)book["charged"]!, (long)book["refunded"]!, (long)book["refundsPending"]!, (long)book["withdrawn"]!)
            .ShouldBe(("order-1", 3000, 0, 0, 3000));
        (await ListAsync("events")).Select(raised => (string?)raised!["type"]).ShouldBe(
        [
            "CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.PENDING", "CHECKOUT.ORDER.COMPLETED", "PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.REFUNDED",
            "PAYMENT.REFUND.FAILED", "CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED", "PAYMENT.CAPTURE.REVERSED",
        ]);
        await DoAsync("deliver", ("at", "once"));
        (await ListAsync("deliveries")).Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_page_shows_it_all_and_offers_what_can_be_done()
    {
        var open = await _paypal.OrderAsync("S-1002");
        var capture = await _paypal.CapturedAsync();
        var page = await _paypal.BrowseAsync("/");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        var html = await page.Content.ReadAsStringAsync(Stop);
        html.ShouldContain($"/sandbox/orders/{open}/approve");
        html.ShouldContain($"/sandbox/payments/{capture}/reverse");
        html.ShouldContain("foreign certificate host");
        html.ShouldNotContain("other api version");
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_other_web_pages_cannot_do_anything()
    {
        (await _paypal.BrowseAsync("/sandbox/faults/webhook", ("kind", "other-api-version"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _paypal.BrowseAsync("/sandbox/payments/NONE/refund", ("amount", "1"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _paypal.BrowseAsync("/sandbox/weather")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var http = new HttpClient();
        using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri(_paypal.Sandbox.Address, "/sandbox/faults/clear"));
        foreign.Headers.Add("Origin", "https://evil.example");
        (await http.SendAsync(foreign, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<JsonObject> DoAsync(string action, params (string Name, string Value)[] fields)
    {
        var response = await _paypal.BrowseAsync($"/sandbox/{action}", fields);
        var text = await response.Content.ReadAsStringAsync(Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text) as JsonObject ?? [];
    }

    private async Task<JsonArray> ListAsync(string name) =>
        (JsonArray)JsonNode.Parse(await (await _paypal.BrowseAsync($"/sandbox/{name}")).Content.ReadAsStringAsync(Stop))!;
}
