using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
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
        (await SearchAsync(grace, new { email = "Ada@example.com" })).ShouldBe([paid, of], ignoreOrder: true, "of the same moment");
        (await SearchAsync(grace, new { email = "ada@example.com", payment = "paid" })).ShouldBe([paid]);
        (await SearchAsync(grace, new { email = "nobody@example.com" })).ShouldBeEmpty();

        var account = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        (await SearchAsync(grace, new { number = OrderIds.NumberOf(of) })).ShouldBe([of]);
        var told = await shop.Tables().GetTableClient("accounts").QueryAsync<StaffAccessEntity>($"PartitionKey eq '{account}' and What eq 'search_orders'", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        told.Select(row => (row.Role, row.OrderNumber)).ShouldBe([("finance", null), ("finance", null), ("finance", OrderIds.NumberOf(of))], ignoreOrder: true);
        var lines = await shop.Tables().GetTableClient("staffActions").QueryAsync<StaffActionEntity>(line => line.What == "search_orders", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        lines.Count.ShouldBe(8, "each search, whatever it found");
        lines.Select(line => line.About).OfType<string>().ShouldBe([$"order:{other}", $"order:{of}"], ignoreOrder: true);
        (await ada.PostAsJsonAsync("api/orders/search", new { }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var body in (object[])[new { number = "1" }, new { number = OrderIds.NumberOf(of), email = "ada@example.com" }, new { email = "ada" }, new { continuation = "%" }, new { number = OrderIds.NumberOf(of), continuation = "YQ" }, new { email = "ada@example.com", continuation = "CmEKYg" }, new { placedFrom = "2026-02-01T00:00:00Z", placedUntil = "2026-01-01T00:00:00Z" }])
            await (await grace.PostAsJsonAsync("api/orders/search", body, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    /// <summary>More orders than one page looks at, in the table of orders and in the list of their customer.</summary>
    [Fact]
    public async Task A_search_looks_at_a_hundred_orders_and_goes_on_until_it_has_seen_all()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var account = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        var (store, index, stop) = (new OrderStore(shop.Tables()), new OrderIndex(shop.Tables()), TestContext.Current.CancellationToken);
        var ids = Enumerable.Range(0, 102).Select(i => OrderIds.IdOf(account, $"key-{i}")).Order(StringComparer.Ordinal).ToList();
        await Parallel.ForEachAsync(ids.Index(), stop, async (one, cancellation) =>
        {
            var (place, id) = one;
            var order = SampleOrders.Unpaid with { Id = id, Number = OrderIds.NumberOf(id), AccountId = account, PlacedAt = SampleOrders.Noon.AddMinutes(place) };
            await index.AddAsync((await store.AddAsync(order, cancellation))!, cancellation);
        });
        var grace = shop.As("grace@example.com", "Shop.Finance");

        // Those that were placed first are looked at first: they do not fit, and the last two do.
        var placedFrom = SampleOrders.Noon.AddMinutes(100);
        shop.Calls.Reset();
        var page = await ReadAsync(grace, new { placedFrom });
        shop.Calls.Calls.Count(call => call.StartsWith("GET ", StringComparison.Ordinal) && call.Contains("orders", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', shop.Calls.Calls));
        Ids(page).ShouldBeEmpty();
        page = await ReadAsync(grace, new { placedFrom, continuation = page["continuation"]!.GetValue<string>() });
        Ids(page).ShouldBe([ids[101], ids[100]], "the newest of a page first");
        page["continuation"].ShouldBeNull();

        var email = "ada@example.com";
        page = await ReadAsync(grace, new { email });
        Ids(page).ShouldBe(ids[2..].AsEnumerable().Reverse());
        page = await ReadAsync(grace, new { email, continuation = page["continuation"]!.GetValue<string>() });
        Ids(page).ShouldBe([ids[1], ids[0]]);
        page["continuation"].ShouldBeNull();

        // What cannot be read is left out, and on record.
        await shop.Tables().GetTableClient("orders").UpdateEntityAsync(new TableEntity(ids[0], OrderEntity.Row) { ["Ledger"] = "{" }, ETag.All, cancellationToken: stop);
        Ids(await ReadAsync(grace, new { })).ShouldBe(ids[1..100].AsEnumerable().Reverse());
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains($"{ids[0]}, which a search", StringComparison.Ordinal));
    }

    private static async Task PaidAsync(RunningShop shop, string id) =>
        await new OrderIndex(shop.Tables()).WriteAsync(await shop.ReceiveAsync(id), TestContext.Current.CancellationToken);

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));

    private static async Task<List<string>> IdsAsync(HttpClient client, string path) => Ids(await client.ReadAsync(path));

    private static async Task<List<string>> SearchAsync(HttpClient staff, object body) => Ids(await ReadAsync(staff, body));

    private static async Task<JsonNode> ReadAsync(HttpClient staff, object body)
    {
        var answer = await staff.PostAsJsonAsync("api/orders/search", body, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        return await answer.JsonAsync();
    }

    private static List<string> Ids(JsonNode list) => [.. list["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
}
