using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Local;
using Shop.Local.Stripe;

namespace Shop.Functions.Benchmarks.Running;

/// <summary>
/// The shop as <c>dotnet run --project infra/local</c> starts it: the app in a process of its own, storage and sandboxes on disk. It
/// is called as customers and providers call it, over HTTP.
/// </summary>
internal sealed class ServedShop : IAsyncDisposable
{
    private const int Customers = 16;

    /// <summary>Sixteen customers do what in life thousands do.</summary>
    private static readonly Dictionary<string, string?> Unlimited = new()
    {
        ["Orders:PlacedAnHour"] = "100000",
        ["Orders:PaymentsAnHour"] = "100000",
        ["Orders:MostUnpaidReservations"] = "100",
    };

    private readonly DirectoryInfo _data;
    private readonly LocalShop _shop;
    private readonly HttpClient[] _customers;
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 64 });
    private readonly ConcurrentQueue<(string Id, HttpClient Customer)> _open = [];
    private int _placed;

    private ServedShop(DirectoryInfo data, LocalShop shop)
    {
        (_data, _shop) = (data, shop);
        _customers = [.. Enumerable.Range(0, Customers).Select(Customer)];
    }

    public static async Task<ServedShop> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("shop-served-");
        var options = new LocalShopOptions { Ports = LocalPorts.Free, SettingsFile = LocalSettings.Sample, DataDirectory = data.FullName, Settings = Unlimited };
        var served = new ServedShop(data, await LocalShop.StartAsync(options, CancellationToken.None));
        foreach (var customer in served._customers)
            (await customer.PostAsJsonAsync("api/account", new { name = "Ada Lovelace" })).EnsureSuccessStatusCode();
        return served;
    }

    /// <summary>Orders whose payment page is open, kept open for as long as the measurement takes.</summary>
    public async Task HoldAsync(int orders, int inFlight) => await Parallel.ForAsync(
        0, orders, new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (_, _) =>
        {
            var (id, customer) = await PlaceAsync();
            await CheckoutAsync(customer, id);
            _open.Enqueue((id, customer));
        });

    /// <summary>Places an order and pays it, until the payment page sends the customer back.</summary>
    public async Task PlaceAndPayAsync()
    {
        var (id, customer) = await PlaceAsync();
        var page = await CheckoutAsync(customer, id);
        using var paid = await _browser.PostAsync(page, new FormUrlEncodedContent([new("outcome", "pay")]));
        Expect(paid, HttpStatusCode.SeeOther);
    }

    /// <summary>Reads one of the open orders.</summary>
    /// <param name="what">Behind its address.</param>
    public async Task ReadAsync(string what)
    {
        if (!_open.TryDequeue(out var order)) throw new InvalidOperationException("No order is open.");
        _open.Enqueue(order);
        using var read = await order.Customer.GetAsync($"api/orders/{order.Id}{what}");
        Expect(read, HttpStatusCode.OK);
    }

    /// <summary>Stripe's webhook with an event of 4 KiB about an order that is not there: stored, and looked at later.</summary>
    public async Task DeliverAsync(bool rightly)
    {
        var secret = rightly ? _shop.Settings.Values["Stripe:WebhookSecrets:0"]! : "whsec_nobody_has_this";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_shop.Host.Address, "api/webhooks/stripe"))
        {
            Content = new StringContent(SampleEvent.Json, Encoding.UTF8, "application/json"),
            Headers = { { "Stripe-Signature", WebhookSignature.Header(SampleEvent.Json, [secret], TimeProvider.System.GetUtcNow()) } },
        };
        using var answer = await _browser.SendAsync(request);
        Expect(answer, rightly ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var customer in _customers) customer.Dispose();
        _browser.Dispose();
        await _shop.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private HttpClient Customer(int number)
    {
        var customer = new HttpClient { BaseAddress = _shop.Host.Address };
        customer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _shop.SignIn!.IssueToken($"customer-{number}@example.com", lifetime: TimeSpan.FromHours(6)));
        return customer;
    }

    private async Task<(string Id, HttpClient Customer)> PlaceAsync()
    {
        var number = Interlocked.Increment(ref _placed);
        var customer = _customers[number % Customers];
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/orders") { Content = new StringContent(Samples.OrderBody, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", $"served-{number}");
        using var placed = await customer.SendAsync(request);
        Expect(placed, HttpStatusCode.Created);
        return (JsonNode.Parse(await placed.Content.ReadAsStringAsync())!["id"]!.GetValue<string>(), customer);
    }

    private static async Task<Uri> CheckoutAsync(HttpClient customer, string id)
    {
        using var started = await customer.PostAsJsonAsync(
            $"api/orders/{id}/payments", new { provider = "stripe", returnUrl = "http://localhost:3000/thanks", cancelUrl = "http://localhost:3000/basket" });
        Expect(started, HttpStatusCode.OK);
        return new Uri(JsonNode.Parse(await started.Content.ReadAsStringAsync())!["redirectUrl"]!.GetValue<string>());
    }

    private static void Expect(HttpResponseMessage answer, HttpStatusCode status)
    {
        if (answer.StatusCode != status) throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}, not {(int)status}.");
    }
}
