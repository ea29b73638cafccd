using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shop.Local.Sandboxes;
using Shop.Local.Stripe;

namespace Shop.Functions.Benchmarks.Running;

/// <summary>The Stripe sandbox on disk without a shop: what it alone takes for a payment, with an endpoint that accepts every webhook at once.</summary>
internal sealed class SandboxAlone : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly StripeSandbox _sandbox;
    private readonly WebApplication _receiver;
    private readonly HttpClient _http;
    private int _sessions;

    private SandboxAlone(DirectoryInfo data, StripeSandbox sandbox, WebApplication receiver)
    {
        (_data, _sandbox, _receiver) = (data, sandbox, receiver);
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 64 }) { BaseAddress = sandbox.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_alone");
    }

    public static async Task<SandboxAlone> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var receiver = builder.Build();
        receiver.Urls.Add("http://127.0.0.1:0");
        receiver.MapPost("/", () => Results.Ok());
        await receiver.StartAsync();
        var data = Directory.CreateTempSubdirectory("sandbox-alone-");
        var sandbox = await StripeSandbox.StartAsync(
            new() { DataDirectory = data.FullName, Mode = SandboxMode.Automatic, WebhookSecrets = ["whsec_alone"], WebhookUrl = new Uri(receiver.Urls.First()) }, CancellationToken.None);
        return new(data, sandbox, receiver);
    }

    /// <summary>Opens a payment page, as the app does, and pays on it, until the buyer is sent back.</summary>
    public async Task PayAsync()
    {
        var number = Interlocked.Increment(ref _sessions);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/checkout/sessions") { Content = new FormUrlEncodedContent(Session(number)) };
        request.Headers.Add("Idempotency-Key", $"session-{number}");
        using var opened = await _http.SendAsync(request);
        opened.EnsureSuccessStatusCode();
        var page = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["url"]!.GetValue<string>();
        using var paid = await _http.PostAsync(new Uri(page), new FormUrlEncodedContent([new("outcome", "pay")]));
        if (paid.StatusCode != System.Net.HttpStatusCode.SeeOther) throw new InvalidOperationException($"The page answered {(int)paid.StatusCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
        await _receiver.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static Dictionary<string, string> Session(int number) => new()
    {
        ["mode"] = "payment",
        ["line_items[0][quantity]"] = "2",
        ["line_items[0][price_data][currency]"] = "gbp",
        ["line_items[0][price_data][unit_amount]"] = "1250",
        ["line_items[0][price_data][product_data][name]"] = "Power Protection in Practice, paperback",
        ["success_url"] = "https://shop.example/paid",
        ["cancel_url"] = "https://shop.example/basket",
        ["client_reference_id"] = $"order-{number}",
    };
}
