using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Local.PayPal;

namespace Shop.Local.Tests.PayPal;

/// <summary>A sandbox in manual mode with a clock that stands still, a webhook endpoint, and a client that speaks plain HTTP.</summary>
internal sealed class PayPalUnderTest : IAsyncDisposable
{
    public const string WebhookId = "5GP028458E2496506";

    private readonly HttpClient _http;
    private string? _token;

    private PayPalUnderTest(PayPalSandbox sandbox, WebhookReceiver receiver, ManualClock clock)
    {
        (Sandbox, Receiver, Clock) = (sandbox, receiver, clock);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = sandbox.Address };
    }

    public PayPalSandbox Sandbox { get; }

    public WebhookReceiver Receiver { get; }

    public ManualClock Clock { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<PayPalUnderTest> StartAsync(SandboxMode mode = SandboxMode.Manual, string? data = null)
    {
        var clock = new ManualClock();
        var receiver = await WebhookReceiver.StartAsync();
        var options = new PayPalSandboxOptions
        {
            Mode = mode,
            TimeProvider = clock,
            Seed = 7,
            DataDirectory = data,
            WebhookUrl = receiver.Url,
            WebhookIds = [WebhookId],
            ClientId = "client",
            ClientSecret = "secret",
        };
        return new PayPalUnderTest(await PayPalSandbox.StartAsync(options, Stop), receiver, clock);
    }

    /// <summary>An order of 2 × 12.50 GBP and 5.00 VAT.</summary>
    public static JsonObject AnOrder(string invoice = "S-1001", string currency = "GBP")
    {
        JsonObject Money(string value) => new() { ["currency_code"] = currency, ["value"] = value };
        return new JsonObject
        {
            ["intent"] = "CAPTURE",
            ["purchase_units"] = new JsonArray(new JsonObject
            {
                ["custom_id"] = "order-1",
                ["invoice_id"] = invoice,
                ["amount"] = new JsonObject
                {
                    ["currency_code"] = currency,
                    ["value"] = "30.00",
                    ["breakdown"] = new JsonObject { ["item_total"] = Money("25.00"), ["tax_total"] = Money("5.00") },
                },
                ["items"] = new JsonArray(new JsonObject { ["name"] = "Rack shelf", ["quantity"] = "2", ["unit_amount"] = Money("12.50"), ["tax"] = Money("2.50") }),
            }),
            ["payment_source"] = new JsonObject
            {
                ["paypal"] = new JsonObject
                {
                    ["experience_context"] = new JsonObject
                    {
                        ["return_url"] = "https://shop.example/paid?order=1",
                        ["cancel_url"] = "https://shop.example/basket",
                    },
                },
            },
        };
    }

    public async Task<HttpResponseMessage> FetchTokenAsync(string id = "client", string secret = "secret")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/oauth2/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        return await _http.SendAsync(request, Stop);
    }

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? json = null, string? requestId = null, string? prefer = "return=representation", string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        _token ??= (string?)JsonNode.Parse(await (await FetchTokenAsync()).Content.ReadAsStringAsync(Stop))!["access_token"];
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _token);
        if (requestId is not null) request.Headers.Add("PayPal-Request-Id", requestId);
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        if (method == HttpMethod.Post) request.Content = new StringContent(json ?? "", Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, Stop);
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!, headers);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string? json = null, string? requestId = null) => SendAsync(HttpMethod.Post, path, json, requestId);

    public async Task<HttpResponseMessage> BrowseAsync(string path, params (string Name, string Value)[] fields)
    {
        if (fields.Length == 0) return await _http.GetAsync(path, Stop);
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _http.PostAsync(path, form, Stop);
    }

    /// <summary>A new order's id.</summary>
    public async Task<string> OrderAsync(string invoice = "S-1001")
    {
        var made = await PostAsync("/v2/checkout/orders", AnOrder(invoice).ToJsonString(), $"create-{invoice}");
        return (string)made.Json["id"]!;
    }

    /// <summary>An order that was approved and captured; the capture's id.</summary>
    public async Task<string> CapturedAsync(BuyerChoice choice = BuyerChoice.Approves, string invoice = "S-1001")
    {
        var order = await OrderAsync(invoice);
        await Sandbox.ApproveAsync(order, choice);
        var captured = await PostAsync($"/v2/checkout/orders/{order}/capture", requestId: $"capture-{invoice}");
        captured.Status.ShouldBe(HttpStatusCode.Created, captured.Json.ToJsonString());
        return (string)captured.Json["purchase_units"]![0]!["payments"]!["captures"]![0]!["id"]!;
    }

    /// <summary>The types of the events delivered now, in order.</summary>
    public async Task<List<string>> DeliveredTypesAsync() => [.. (await Sandbox.DeliverAsync(Stop)).Select(delivery => delivery.EventType)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sandbox.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    public sealed record Answer(HttpStatusCode Status, JsonObject Json, Dictionary<string, string> Headers)
    {
        public void Failed(int status, string issue)
        {
            ((int)Status).ShouldBe(status, Json.ToJsonString());
            ((string?)Json["details"]![0]!["issue"]).ShouldBe(issue);
            ((string?)Json["name"]).ShouldNotBeNullOrEmpty();
            ((string?)Json["debug_id"]).ShouldBe(Headers["Paypal-Debug-Id"]);
        }
    }
}
