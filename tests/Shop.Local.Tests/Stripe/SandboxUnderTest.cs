using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Local.Stripe;

namespace Shop.Local.Tests.Stripe;

/// <summary>A sandbox in manual mode with a clock that stands still, a webhook endpoint, and a client that speaks plain HTTP.</summary>
internal sealed class SandboxUnderTest : IAsyncDisposable
{
    public const string Secret = "whsec_test_of_the_sandbox";

    private readonly HttpClient _http;

    private SandboxUnderTest(StripeSandbox sandbox, WebhookReceiver receiver, ManualClock clock)
    {
        Sandbox = sandbox;
        Receiver = receiver;
        Clock = clock;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = sandbox.Address };
    }

    public StripeSandbox Sandbox { get; }

    public WebhookReceiver Receiver { get; }

    public ManualClock Clock { get; }

    public static async Task<SandboxUnderTest> StartAsync(
        SandboxMode mode = SandboxMode.Manual, string? data = null, string[]? secrets = null, string[]? apiKeys = null,
        ManualClock? clock = null, int port = 0, long longestLog = 4_000_000)
    {
        clock ??= new ManualClock();
        var receiver = await WebhookReceiver.StartAsync();
        var options = new StripeSandboxOptions
        {
            Port = port,
            Mode = mode,
            TimeProvider = clock,
            Seed = 7,
            DataDirectory = data,
            LongestLog = longestLog,
            WebhookUrl = receiver.Url,
            WebhookSecrets = secrets ?? [Secret],
            ApiKeys = apiKeys ?? [],
        };
        return new SandboxUnderTest(await StripeSandbox.StartAsync(options, TestContext.Current.CancellationToken), receiver, clock);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string form = "", string? key = null, string? apiKey = "sk_test_123")
    {
        using var request = new HttpRequestMessage(method, path);
        if (apiKey is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (method == HttpMethod.Post)
            request.Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var json = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value));
        return new Answer(response.StatusCode, json!, headers);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string form = "", string? key = null) => SendAsync(HttpMethod.Post, path, form, key);

    public async Task<HttpResponseMessage> BrowseAsync(string path, params (string Name, string Value)[] fields)
    {
        if (fields.Length == 0)
            return await _http.GetAsync(path, TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _http.PostAsync(path, form, TestContext.Current.CancellationToken);
    }

    /// <summary>Creates a session of 2 × 12.50 GBP, with changes: a null value leaves a parameter out.</summary>
    public async Task<Answer> CreateSessionAsync(string? key = null, params (string Name, string? Value)[] changes) =>
        await PostAsync("/v1/checkout/sessions", SessionForm(changes), key);

    public static string SessionForm(params (string Name, string? Value)[] changes)
    {
        var form = new OrderedDictionary<string, string?>
        {
            ["mode"] = "payment",
            ["line_items[0][quantity]"] = "2",
            ["line_items[0][price_data][currency]"] = "gbp",
            ["line_items[0][price_data][unit_amount]"] = "1250",
            ["line_items[0][price_data][product_data][name]"] = "Rack shelf & <rails>",
            ["success_url"] = "https://shop.example/paid?session={CHECKOUT_SESSION_ID}",
            ["cancel_url"] = "https://shop.example/basket",
            ["client_reference_id"] = "order-1",
            ["metadata[orderId]"] = "order-1",
            ["payment_intent_data[metadata][orderId]"] = "order-1",
        };
        foreach (var (name, value) in changes)
            form[name] = value;
        return string.Join('&', form.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={WebUtility.UrlEncode(pair.Value)}"));
    }

    public async Task<string> SessionAsync() => (await CreateSessionAsync()).Succeeded()["id"]!.GetValue<string>();

    /// <summary>A session that was paid by card; the id of its payment intent.</summary>
    public async Task<string> PaidAsync()
    {
        var paid = await Sandbox.PayAsync(await SessionAsync(), PaymentOutcome.Succeeds);
        return paid.PaymentIntentId!;
    }

    /// <summary>The types of the events delivered now, in order.</summary>
    public async Task<List<string>> DeliveredTypesAsync() =>
        [.. (await Sandbox.DeliverAsync(TestContext.Current.CancellationToken)).Select(delivery => delivery.EventType)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sandbox.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    public sealed record Answer(HttpStatusCode Status, JsonObject Json, Dictionary<string, string> Headers)
    {
        public JsonObject Succeeded()
        {
            Status.ShouldBe(HttpStatusCode.OK, Json.ToJsonString());
            return Json;
        }

        public (string Type, string? Code, string? Param) Failed(int status)
        {
            ((int)Status).ShouldBe(status, Json.ToJsonString());
            var error = (JsonObject)Json["error"]!;
            ((string?)error["message"]).ShouldNotBeNullOrEmpty();
            return ((string)error["type"]!, (string?)error["code"], (string?)error["param"]);
        }
    }
}
