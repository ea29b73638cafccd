using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Host;

/// <summary>Somebody with an account at a shop that is worked by hand.</summary>
internal sealed class HostCustomer : IDisposable
{
    private readonly HttpClient _api;

    private HostCustomer(HttpClient api) => _api = api;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<HostCustomer> OpenAsync(HostShop running, string name)
    {
        var api = new HttpClient { BaseAddress = running.Shop.Host.Address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", running.Shop.SignIn!.IssueToken($"{name}@example.com"));
        (await api.PostAsJsonAsync("api/account", new { name }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return new HostCustomer(api);
    }

    /// <returns>The order as it was answered.</returns>
    public async Task<JsonObject> PlaceAsync()
    {
        var answer = await _api.PlaceOrderAsync("order-1", "UPS-LI-1500");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
    }

    /// <summary>Places an order and is sent to the provider's page.</summary>
    /// <returns>The order's id.</returns>
    public Task<string> GoToPayPalAsync() => GoToAsync("paypal");

    /// <inheritdoc cref="GoToPayPalAsync"/>
    public Task<string> GoToStripeAsync() => GoToAsync("stripe");

    public async Task<JsonObject> ReadAsync(string id) => (await _api.GetFromJsonAsync<JsonObject>($"api/orders/{id}", Stop))!;

    public void Dispose() => _api.Dispose();

    private async Task<string> GoToAsync(string provider)
    {
        var id = (await PlaceAsync())["id"]!.GetValue<string>();
        var payment = await _api.PostAsJsonAsync(
            $"api/orders/{id}/payments", new { provider, returnUrl = "http://localhost:3000/thanks", cancelUrl = "http://localhost:3000/basket" }, Stop);
        payment.StatusCode.ShouldBe(HttpStatusCode.OK);
        return id;
    }
}
