using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Commands;

/// <summary>Walks through a running shop as a customer's browser would, and prints each step with its answer.</summary>
/// <param name="provider">Who is paid through: <c>stripe</c> or <c>paypal</c>.</param>
internal sealed class DemoWalk(Uri api, Uri signIn, Uri storefront, string provider, DemoSteps steps) : IDisposable
{
    public const string Email = "ada@example.com";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _api = new() { BaseAddress = api };
    private readonly HttpClient _signIn = new() { BaseAddress = signIn };

    // The payment page sends the browser back to a storefront that does not run here.
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });

    /// <summary>Where the customer's mails arrive; null where that is not on this machine.</summary>
    public DemoMails? Mails { get; init; }

    /// <summary>That it was placed, paid, and refunded in part.</summary>
    public const int MailsOnceRefunded = 3;

    /// <returns>The order's id and number; it is paid.</returns>
    /// <exception cref="DemoFailedException">A step ended otherwise than it should.</exception>
    public async Task<(string Id, string Number)> RunAsync(CancellationToken cancellationToken)
    {
        var token = await TokenCommand.FetchAsync(_signIn, Email, "Ada Lovelace", [], cancellationToken);
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        steps.Step($"Signed in as {Email}.");

        await OpenAccount(cancellationToken);
        var order = await PlaceOrder(cancellationToken);
        var id = order["id"]!.GetValue<string>();
        var page = await StartPayment(id, cancellationToken);
        await Pay(page, cancellationToken);
        if (provider == "paypal") await Confirm(id, cancellationToken);
        await WaitUntilPaid(id, cancellationToken);
        await OpenInvoices(id, cancellationToken);
        var number = order["number"]!.GetValue<string>();
        await ReadMails(number, cancellationToken);
        await ReadTracking(id, cancellationToken);
        return (id, number);
    }

    public void Dispose()
    {
        _api.Dispose();
        _signIn.Dispose();
        _browser.Dispose();
    }

    private async Task OpenAccount(CancellationToken cancellationToken)
    {
        var response = await _api.PostAsJsonAsync("api/account", new { name = "Ada Lovelace", company = "Analytical Engines Ltd", phone = "+44 20 7946 0018" }, cancellationToken);
        DemoFailedException.Unless(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, $"POST /api/account answered {(int)response.StatusCode}.");
        steps.Step($"POST /api/account → {(int)response.StatusCode}");
        Show(await Json(response, cancellationToken));
    }

    private async Task<JsonNode> PlaceOrder(CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/orders")
        {
            Content = JsonContent.Create(new
            {
                lines = new[] { new { sku = "UPS-LI-1500", quantity = 2 }, new { sku = "BOOK-POWER", quantity = 1 } },
                deliveryAddress = new { name = "Ada Lovelace", line1 = "12 St James's Square", city = "London", postcode = "SW1Y 4JH", country = "GB" },
                purchaseOrderNumber = "PO-1843",
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var response = await _api.SendAsync(request, cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.Created, "POST /api/orders");
        steps.Step($"POST /api/orders → 201, Location {response.Headers.Location}");
        var order = await Json(response, cancellationToken);
        Show(order);
        return order;
    }

    private async Task<Uri> StartPayment(string id, CancellationToken cancellationToken)
    {
        var body = new { provider, returnUrl = $"{storefront}thanks", cancelUrl = $"{storefront}basket" };
        var response = await _api.PostAsJsonAsync($"api/orders/{id}/payments", body, cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.OK, $"POST /api/orders/{id}/payments");
        steps.Step($"POST /api/orders/{id}/payments → 200");
        var answer = await Json(response, cancellationToken);
        Show(answer);
        return new Uri(answer["redirectUrl"]!.GetValue<string>());
    }

    private async Task Pay(Uri page, CancellationToken cancellationToken)
    {
        var shown = await _browser.GetAsync(page, cancellationToken);
        DemoFailedException.Unless(shown.StatusCode, HttpStatusCode.OK, "The payment page");
        KeyValuePair<string, string> pressed = provider == "paypal" ? new("choice", "approve") : new("outcome", "pay");
        var response = await _browser.PostAsync(page, new FormUrlEncodedContent([pressed]), cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.SeeOther, "Paying on the payment page");
        steps.Step($"{(provider == "paypal" ? "Approved" : "Paid")} on the sandbox's page → 303, back to {response.Headers.Location}");
    }

    /// <summary>What a storefront does when the customer is back: the money of an approved payment is taken at once, not with the next webhook.</summary>
    private async Task Confirm(string id, CancellationToken cancellationToken)
    {
        var response = await _api.PostAsJsonAsync($"api/orders/{id}/payments/confirm", new { provider }, cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.OK, $"POST /api/orders/{id}/payments/confirm");
        steps.Step($"POST /api/orders/{id}/payments/confirm → 200");
        Show(await Json(response, cancellationToken));
    }

    private async Task WaitUntilPaid(string id, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var order = await Json(await _api.GetAsync($"api/orders/{id}", cancellationToken), cancellationToken);
            var status = order["payment"]?["status"]?.GetValue<string>();
            if (status == "paid")
            {
                steps.Step($"Webhook, queue, ledger: {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms later GET /api/orders/{id} says payment {status}, fulfilment {order["fulfilment"]!["status"]}.");
                return;
            }

            DemoFailedException.Unless(TimeProvider.System.GetElapsedTime(began) < LongestWait, $"The order is {status} after {LongestWait.TotalSeconds:0} seconds, not paid.");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }
    }

    private async Task ReadMails(string number, CancellationToken cancellationToken)
    {
        if (Mails is null) return;
        await Mails.ShowAsync(number, MailsOnceRefunded, steps, cancellationToken);
    }

    private async Task ReadTracking(string id, CancellationToken cancellationToken)
    {
        var response = await _api.GetAsync($"api/orders/{id}/tracking", cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.OK, $"GET /api/orders/{id}/tracking");
        var tracking = await Json(response, cancellationToken);
        steps.Step($"GET /api/orders/{id}/tracking → 200: order {tracking["number"]}");
        foreach (var step in tracking["events"]!.AsArray()) steps.Line($"   {step!["at"]!.GetValue<DateTimeOffset>():HH:mm:ss}  {step["kind"],-16} {step["text"]}");
        DemoFailedException.Unless(tracking["events"]!.AsArray().Any(step => step!["kind"]!.GetValue<string>() == "paid"), "The timeline does not say that the order is paid.");
        steps.Line("\nThe order is paid.");
    }

    private async Task OpenInvoices(string id, CancellationToken cancellationToken)
    {
        using var finance = new HttpClient { BaseAddress = api };
        finance.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await TokenCommand.FetchAsync(_signIn, "grace@example.com", "Grace Hopper", ["Shop.Finance"], cancellationToken));
        await new DemoInvoices(_api, finance, steps.Step).RunAsync(id, cancellationToken);
    }

    private void Show(JsonNode json) => steps.Line(json.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    private static async Task<JsonNode> Json(HttpResponseMessage response, CancellationToken cancellationToken) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) ?? throw new DemoFailedException("An answer was empty.");
}
