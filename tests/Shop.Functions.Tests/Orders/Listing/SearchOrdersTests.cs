using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Orders.Listing;

/// <summary>Customers find their own orders, and staff any.</summary>
public sealed class SearchOrdersTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_customer_finds_orders_by_state_and_period_and_is_told_when_nothing_has_changed()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var first = await ada.OrderAsync("first");
        shop.Clock.Advance(TimeSpan.FromHours(1));
        var between = shop.Clock.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        var second = await ada.OrderAsync("second");
        await PaidAsync(shop, first);

        (await IdsAsync(ada, "api/orders")).ShouldBe([second, first]);
        (await IdsAsync(ada, "api/orders?payment=paid")).ShouldBe([first]);
        (await IdsAsync(ada, "api/orders?payment=awaiting&fulfilment=unfulfilled")).ShouldBe([second]);
        (await IdsAsync(ada, $"api/orders?from={Time(between)}")).ShouldBe([second]);
        (await IdsAsync(ada, $"api/orders?until={Time(between)}")).ShouldBe([first]);
        (await IdsAsync(ada, "api/orders?until=2020-01-01T00:00:00Z")).ShouldBeEmpty();
        // A place of a page stays inside the period.
        var page = await ada.ReadAsync($"api/orders?limit=1&until={Time(between)}");
        page["continuation"].ShouldBeNull();
        page = await ada.ReadAsync("api/orders?limit=1&fulfilment=unfulfilled");
        (await IdsAsync(ada, $"api/orders?limit=1&fulfilment=unfulfilled&continuation={page["continuation"]}")).ShouldBe([first]);

        var goods = page["items"]![0]!["goods"]!;
        (goods["first"]!.GetValue<string>().Length > 0, goods["lines"]!.GetValue<int>(), goods["pieces"]!.GetValue<int>()).ShouldBe((true, 1, 2));

        var tag = (await ada.CallAsync("GET", "api/orders")).Tag();
        await (await ada.GetAsync("api/orders", tag)).ShouldBeUnchangedAsync(tag);
        (await ada.CancelAsync(second)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.GetAsync("api/orders", tag)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var wrong = await ada.CallAsync("GET", "api/orders?payment=Paid&from=2026-01-01&until=x&fulfilment=sent");
        var errors = (await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid"))["errors"]!.AsObject();
        errors.Select(error => error.Key).ShouldBe(["from", "fulfilment", "payment", "until"], ignoreOrder: true);
        errors["payment"]![0]!.GetValue<string>().ShouldStartWith("One of: awaiting, pending, paid");
    }

    [Fact]
    public async Task Staff_find_orders_by_number_address_state_and_period_and_the_customer_sees_that_they_looked()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, bob) = (await shop.Customer(), await shop.Customer("bob@example.com"));
        var (of, paid, other) = (await ada.OrderAsync("one"), await ada.OrderAsync("two"), await bob.OrderAsync("three"));
        await PaidAsync(shop, paid);
        var grace = shop.As("grace@example.com", "Shop.Finance");

        (await SearchAsync(grace, new { })).ShouldBe([of, paid, other], ignoreOrder: true);
        (await SearchAsync(grace, new { number = OrderIds.NumberOf(other).ToLowerInvariant() })).ShouldBe([other]);
        (await SearchAsync(grace, new { payment = "paid" })).ShouldBe([paid]);
        (await SearchAsync(grace, new { payment = "awaiting", placedUntil = shop.Clock.GetUtcNow() - TimeSpan.FromDays(1) })).ShouldBeEmpty();
        (await SearchAsync(grace, new { email = "Ada@example.com" })).ShouldBe([paid, of], ignoreOrder: true);
        (await SearchAsync(grace, new { email = "ada@example.com", payment = "paid" })).ShouldBe([paid]);
        (await SearchAsync(grace, new { email = "nobody@example.com" })).ShouldBeEmpty();

        var account = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        await foreach (var row in shop.Tables().GetTableClient("accounts").QueryAsync<StaffAccessEntity>($"PartitionKey eq '{account}' and What eq 'search_orders'", cancellationToken: TestContext.Current.CancellationToken))
            (row.Role, row.OrderNumber).ShouldBe(("finance", null));
        (await ada.PostAsJsonAsync("api/orders/search", new { }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var body in (object[])[new { number = "1" }, new { number = OrderIds.NumberOf(of), email = "ada@example.com" }, new { email = "ada" }, new { continuation = "%" }, new { placedFrom = "2026-02-01T00:00:00Z", placedUntil = "2026-01-01T00:00:00Z" }])
            await (await grace.PostAsJsonAsync("api/orders/search", body, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    private static Task PaidAsync(RunningShop shop, string id) => ChangeAsync(shop, id, order =>
        order.With(new LedgerEntry(FactKind.Capture, "stripe", $"pi_{id}", null, order.Gross, order.Currency, FactStatus.Completed, order.PlacedAt)));

    private static async Task ChangeAsync(RunningShop shop, string id, Func<Order, Order> change)
    {
        var order = await new OrderStore(shop.Tables()).ChangeAsync(id, change, TestContext.Current.CancellationToken);
        await new OrderIndex(shop.Tables()).WriteAsync(order!, TestContext.Current.CancellationToken);
    }

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));

    private static async Task<List<string>> IdsAsync(HttpClient client, string path) => Ids(await client.ReadAsync(path));

    private static async Task<List<string>> SearchAsync(HttpClient staff, object body)
    {
        var answer = await staff.PostAsJsonAsync("api/orders/search", body, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        return Ids(await answer.JsonAsync());
    }

    private static List<string> Ids(JsonNode list) => [.. list["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
}
