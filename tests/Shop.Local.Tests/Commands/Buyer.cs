using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Local.Commands;

namespace Shop.Local.Tests.Commands;

/// <summary>
/// A customer with a browser: places orders and pays them, one after the other, and takes up again what a crash of the shop
/// cut off, with the same idempotency key, as any client would.
/// </summary>
internal sealed class Buyer : IDisposable
{
    private readonly HttpClient _api;
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly string _name;

    private int _orders;
    private string? _unpaid;
    private Uri? _page;

    private Buyer(string name, HttpClient api) => (_name, _api) = (name, api);

    /// <summary>Called after every answer.</summary>
    public Action Answered { get; set; } = () => { };

    /// <summary>Orders that were answered 201 or, asked again, with the same order; with what they cost.</summary>
    public Dictionary<string, long> Accepted { get; } = [];

    /// <summary>Orders whose payment the payment page has confirmed.</summary>
    public HashSet<string> Paid { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Signs in at a running shop and opens an account.</summary>
    public static async Task<Buyer> OpenAsync(ShopPorts ports, string name)
    {
        using var signIn = new HttpClient { BaseAddress = ports.SignIn };
        var token = await TokenCommand.FetchAsync(signIn, $"{name}@example.com", null, [], Stop);
        var api = new HttpClient { BaseAddress = ports.Api };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await api.PostAsJsonAsync("api/account", new { name }, Stop)).EnsureSuccessStatusCode();
        return new Buyer(name, api);
    }

    /// <summary>Orders and pays until the shop is gone.</summary>
    public async Task BuyUntilTheShopIsGoneAsync()
    {
        try
        {
            while (true)
            {
                await FinishAsync();
                await PlaceAsync();
            }
        }
        catch (HttpRequestException)
        {
            // What was under way has no answer; it is taken up again.
        }
    }

    /// <summary>Pays what is not paid yet.</summary>
    public async Task FinishAsync()
    {
        if (_unpaid is null) return;
        _page ??= await CheckoutAsync(_unpaid);
        if (_page is not null) await PayAsync(_page);
        Paid.Add(_unpaid);
        (_unpaid, _page) = (null, null);
    }

    /// <summary>Places an order, or the one again whose answer was lost.</summary>
    public async Task<string> PlaceAsync()
    {
        using var response = await _api.PlaceOrderAsync($"{_name}-{_orders}", quantity: 1 + (_orders % 3), name: _name);
        var order = await JsonAsync(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, order.ToJsonString());
        Answered();
        _orders++;
        _unpaid = order["id"]!.GetValue<string>();
        Accepted[_unpaid] = order["gross"]!["amount"]!.GetValue<long>();
        return _unpaid;
    }

    public async Task<JsonNode> ReadAsync(string order)
    {
        using var response = await _api.GetAsync($"api/orders/{order}", Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, $"The order {order} was accepted.");
        return await JsonAsync(response);
    }

    public void Dispose()
    {
        _api.Dispose();
        _browser.Dispose();
    }

    /// <returns>Null where the order turns out to be paid: the confirmation was lost, not the payment.</returns>
    private async Task<Uri?> CheckoutAsync(string order)
    {
        var body = new { provider = "stripe", returnUrl = "http://localhost:3000/thanks", cancelUrl = "http://localhost:3000/basket" };
        using var response = await _api.PostAsJsonAsync($"api/orders/{order}/payments", body, Stop);
        var answer = await JsonAsync(response);
        Answered();
        if (response.StatusCode == HttpStatusCode.Conflict) return null;
        response.StatusCode.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        return new Uri(answer["redirectUrl"]!.GetValue<string>());
    }

    private async Task PayAsync(Uri page)
    {
        using var response = await _browser.PostAsync(page, new FormUrlEncodedContent([new("outcome", "pay")]), Stop);
        Answered();
        // The page says 409 when it was paid before the confirmation got lost.
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.SeeOther, HttpStatusCode.Conflict);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!;
}
