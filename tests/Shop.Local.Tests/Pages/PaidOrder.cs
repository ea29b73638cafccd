using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Local.Stripe;

namespace Shop.Local.Tests.Pages;

/// <summary>A customer's order of three books that has been paid, for staff to do something about.</summary>
internal sealed class PaidOrder(BrowserShop running, string name)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="tooMuch">In pence: what the provider takes beyond the total.</param>
    public async Task<(string Id, string Number)> PlaceAsync(long tooMuch = 0)
    {
        using var api = running.ApiAs($"{name}@example.com");
        await DoneAsync(api.PostAsJsonAsync("api/account", new { name = "Ada Lovelace" }, Stop));
        var order = await DoneAsync(api.PlaceOrderAsync(name, quantity: 3));
        var (id, total) = (order["id"]!.GetValue<string>(), order["gross"]!["amount"]!.GetValue<long>());
        await DoneAsync(api.PostAsJsonAsync($"api/orders/{id}/payments", new { provider = "stripe", returnUrl = $"{running.Shop.Host.Address}#/", cancelUrl = $"{running.Shop.Host.Address}#/" }, Stop));
        var session = running.Shop.Stripe!.Sessions.Single(session => session.ClientReferenceId == id);
        await running.Shop.Stripe.PayAsync(session.Id, PaymentOutcome.Succeeds, total: tooMuch == 0 ? null : total + tooMuch);
        // Takes what the webhook may not have brought yet.
        await DoneAsync(api.PostAsJsonAsync($"api/orders/{id}/payments/confirm", new { provider = "stripe" }, Stop));
        return (id, order["number"]!.GetValue<string>());
    }

    /// <summary>So many of its books leave in a parcel, which comes back.</summary>
    public async Task ReturnAsync(string id, int books)
    {
        using var staff = running.ApiAs("fred@example.com", "Shop.Fulfilment");
        staff.DefaultRequestHeaders.Add("Idempotency-Key", name);
        await DoneAsync(staff.PostAsJsonAsync($"api/orders/{id}/shipments", new { carrier = "ParcelCo", lines = new[] { new { sku = "BOOK-POWER", quantity = books } } }, Stop));
        await DoneAsync(staff.PostAsJsonAsync($"api/orders/{id}/shipments/1/events", new { eventId = "back", kind = "returned", at = TimeProvider.System.GetUtcNow() }, Stop));
    }

    private static async Task<JsonNode> DoneAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var text = await answer.Content.ReadAsStringAsync(Stop);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }
}
