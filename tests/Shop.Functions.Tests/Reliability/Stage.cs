using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>A shop, one person, and what a use case is about.</summary>
internal sealed record Stage(RunningShop Shop, HttpClient Person)
{
    public string OrderId { get; set; } = "";

    public string SessionId { get; set; } = "";

    /// <summary>The path of a refund that staff have promised.</summary>
    public string Promised { get; set; } = "";

    /// <returns>Somebody whose order is paid, and known to be.</returns>
    public static async Task<Stage> PaidAsync(RunningShop shop)
    {
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        return stage;
    }

    public async Task OpenAccountAsync() => (await Person.PostAsJsonAsync("api/account", new { name = "Ada Lovelace" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    /// <summary>The catalogue is read now, so that every run makes the same calls.</summary>
    public async Task OpenAccountAndBrowseAsync()
    {
        await OpenAccountAsync();
        await Person.ReadAsync("api/products");
    }

    public async Task PlaceAsync()
    {
        await OpenAccountAsync();
        OrderId = await Person.OrderAsync();
    }

    public async Task CheckOutAsync()
    {
        await PlaceAsync();
        SessionId = await Person.CheckoutAsync(OrderId);
    }

    /// <summary>A day passes; the page was opened so late that it is still open then.</summary>
    public async Task OverstayAsync()
    {
        await PlaceAsync();
        Shop.Clock.Advance(TimeSpan.FromMinutes((24 * 60) - 20));
        SessionId = await Person.CheckoutAsync(OrderId);
        Shop.Clock.Advance(TimeSpan.FromMinutes(21));
    }

    public async Task LookAsync()
    {
        await Shop.SendLookAsync(OrderId);
        await Shop.SettleAsync();
    }

    /// <summary>Sends the same request until it is answered, as a client does.</summary>
    public async Task<JsonNode> RepeatAsync(Func<Task<HttpResponseMessage>> send)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var response = await send();
            if (response.IsSuccessStatusCode) return await response.JsonAsync();
            ((int)response.StatusCode).ShouldBeGreaterThanOrEqualTo(500, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Shop.Calls.Restart();
        }

        throw new InvalidOperationException("The request keeps failing.");
    }

    public async Task ShouldBeAsync(string paymentStatus) => (await Person.PaymentStatusAsync(OrderId)).ShouldBe(paymentStatus);

    public IReadOnlyList<PaymentBook> Books => [.. Shop.Stripe.Books.Where(book => book.ClientReferenceId == OrderId)];
}
