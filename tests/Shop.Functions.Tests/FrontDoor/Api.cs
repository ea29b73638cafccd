using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>The calls that most tests make, and how answers are read.</summary>
public static class Api
{
    public static object Address => new { name = "Ada Lovelace", line1 = "12 St James's Square", city = "London", postcode = "SW1Y 4JH", country = "GB" };

    public static object AnOrder => new { lines = new[] { new { sku = "UPS-LI-1500", quantity = 2 } }, deliveryAddress = Address };

    public static object PayPalPayment => new { provider = "paypal", returnUrl = "https://shop.example/thanks", cancelUrl = "https://shop.example/basket" };

    public static HttpRequestMessage PlaceOrder(string key, object? body = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/orders") { Content = JsonContent.Create(body ?? AnOrder) };
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    /// <returns>The new order's id.</returns>
    public static async Task<string> OrderAsync(this HttpClient client, string key = "key-1", object? body = null)
    {
        var response = await client.SendAsync(PlaceOrder(key, body), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.JsonAsync())["id"]!.GetValue<string>();
    }

    public static Task<HttpResponseMessage> StartPaymentAsync(this HttpClient client, string orderId, object? body = null) => client.PostAsJsonAsync(
        $"api/orders/{orderId}/payments",
        body ?? new { provider = "stripe", returnUrl = "https://shop.example/thanks", cancelUrl = "https://shop.example/basket" },
        TestContext.Current.CancellationToken);

    /// <summary>Opens a checkout.</summary>
    /// <returns>The session's id at Stripe.</returns>
    public static async Task<string> CheckoutAsync(this HttpClient client, string orderId)
    {
        var response = await client.StartPaymentAsync(orderId);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return new Uri((await response.JsonAsync())["redirectUrl"]!.GetValue<string>()).Segments[^1];
    }

    /// <summary>Opens a checkout at PayPal.</summary>
    /// <returns>The order's id at PayPal.</returns>
    public static async Task<string> PayPalCheckoutAsync(this HttpClient client, string orderId)
    {
        var response = await client.StartPaymentAsync(orderId, PayPalPayment);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return HttpUtility.ParseQueryString(new Uri((await response.JsonAsync())["redirectUrl"]!.GetValue<string>()).Query)["token"]!;
    }

    public static Task<HttpResponseMessage> ConfirmAsync(this HttpClient client, string orderId, string provider = "paypal") =>
        client.PostAsJsonAsync($"api/orders/{orderId}/payments/confirm", new { provider }, TestContext.Current.CancellationToken);

    /// <param name="amount">Minor units of GBP; null for all that is left.</param>
    /// <param name="lines">For instance <c>new { sku, quantity }</c>; none for the order as a whole.</param>
    public static Task<HttpResponseMessage> RefundAsync(this HttpClient staff, string orderId, long? amount, string key = "refund-1", params object[] lines) => staff.CallAsync(
        "POST",
        $"api/orders/{orderId}/refunds",
        JsonContent.Create(new { amount = amount is null ? null : new { amount, currency = "GBP" }, reason = "faulty", note = "A dented rack", lines = lines.Length == 0 ? null : lines }),
        ("Idempotency-Key", key));

    /// <param name="why">What staff say, for instance <c>new { reason = "out_of_stock" }</c>.</param>
    public static Task<HttpResponseMessage> CancelAsync(this HttpClient client, string orderId, object? why = null) =>
        client.CallAsync("POST", $"api/orders/{orderId}/cancel", why is null ? null : JsonContent.Create(why));

    /// <param name="lines">For instance <c>new { sku, quantity }</c>; none for all that is left.</param>
    public static Task<HttpResponseMessage> ShipAsync(
        this HttpClient staff, string orderId, string key = "parcel-1", string carrier = "DPD", string? trackingNumber = null, params object[] lines) =>
        staff.CallAsync(
            "POST",
            $"api/orders/{orderId}/shipments",
            lines.Length == 0 ? JsonContent.Create(new { carrier, trackingNumber }) : JsonContent.Create(new { carrier, trackingNumber, lines }),
            ("Idempotency-Key", key));

    /// <summary>The carrier says that a parcel has arrived.</summary>
    public static Task<HttpResponseMessage> DeliverAsync(this HttpClient staff, string orderId, int number, DateTimeOffset? at = null) =>
        staff.CarryAsync(orderId, number, "delivered", at ?? TimeProvider.System.GetUtcNow());

    /// <summary>The carrier says something of a parcel.</summary>
    public static Task<HttpResponseMessage> CarryAsync(this HttpClient staff, string orderId, int number, string kind, DateTimeOffset at, string? eventId = null, string? place = null) =>
        staff.CallAsync("POST", $"api/orders/{orderId}/shipments/{number}/events", JsonContent.Create(new { eventId = eventId ?? $"{kind}-{number}", kind, at, place }));

    public static Task<HttpResponseMessage> ResolveAsync(this HttpClient staff, string orderId, string decision, string reason = "agreed_with_customer", string note = "Settled by telephone") =>
        staff.PostAsJsonAsync($"api/reviews/{orderId}/resolve", new { decision, reason, note }, TestContext.Current.CancellationToken);

    public static async Task<JsonNode> ReadAsync(this HttpClient client, string path)
    {
        var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await response.JsonAsync();
    }

    public static async Task<string> PaymentStatusAsync(this HttpClient client, string orderId) =>
        (await client.ReadAsync($"api/orders/{orderId}"))["payment"]!["status"]!.GetValue<string>();

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    /// <summary>The answer is a problem of this kind, told as problems are told.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string type)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        problem["type"]!.GetValue<string>().ShouldBe($"urn:shop:problem:{type}");
        problem["traceId"]!.GetValue<string>().Length.ShouldBeGreaterThan(8);
        return problem;
    }
}
