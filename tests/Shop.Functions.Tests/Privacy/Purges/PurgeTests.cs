using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>The purge as customers and staff notice it: what is gone, what stays, and what the reports say.</summary>
public sealed class PurgeTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_nobody_paid_is_gone_after_thirty_days_from_the_list_as_well()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Clock.Advance(TimeSpan.FromDays(29));
        await shop.LookAtAsync(order);
        await stage.PurgeAsync();
        await ada.ReadAsync($"api/orders/{order}");

        shop.Clock.Advance(TimeSpan.FromDays(1));
        await stage.PurgeAsync();
        await (await ada.CallAsync("GET", $"api/orders/{order}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await ada.ReadAsync("api/orders"))["items"]!.AsArray().ShouldBeEmpty();
        (await stage.CountsAsync()).ShouldBe(["unpaid-order delete 1"]);
        (await stage.ScheduledAsync()).ShouldHaveSingleItem().ShouldContain("account~");
    }

    [Fact]
    public async Task The_address_of_a_paid_order_goes_after_a_year_and_the_sale_when_tax_law_lets_it()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromDays(30));
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["unpaid-order refile 1"]);
        (await ada.ReadAsync($"api/orders/{order}"))["deliveryAddress"].ShouldNotBeNull();
        (await ToSendAsync()).ShouldBe([order]);

        shop.Clock.Advance(TimeSpan.FromDays(366));
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["order-delivery delete 1"]);
        var read = await ada.ReadAsync($"api/orders/{order}");
        read["deliveryAddress"].ShouldBeNull();
        read["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
        (await shop.OrderAsync(order)).DeliveryCountry.ShouldBe("GB");
        (await ToSendAsync()).ShouldBeEmpty("it was never sent, and nobody knows where to any more");
        // The key of the order is still taken: what it was for is no longer known.
        await (await ada.SendAsync(Api.PlaceOrder("key-1"), Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");

        await ada.ReadAsync("api/account");
        shop.Clock.Advance(TimeSpan.FromDays(7 * 366));
        await stage.PurgeAsync();
        (await stage.OrdersAsync()).ShouldBeEmpty();
        (await stage.CountsAsync()).ShouldContain("order-fiscal delete 1");

        async Task<List<string>> ToSendAsync() => [.. (await new FulfilmentList(shop.Tables()).PageAsync(10, null, Stop)).Rows.Select(row => row.RowKey)];
    }

    [Fact]
    public async Task An_account_that_nobody_uses_goes_with_its_rows_and_its_sale_leads_to_nobody()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        var paid = await stage.PaidAsync("paid", 790);
        await stage.PurgeAsync();
        // The order is younger than the last day that was noted: that was the last use.
        (await stage.CountsAsync()).ShouldBe(["account delete 1", "order-delivery delete 1", "order-restricted restrict 1"], ignoreOrder: true);
        (await stage.AccountRowsAsync("ada")).ShouldBeEmpty();
        var left = (await stage.OrdersAsync())[paid.Id];
        (left.AccountId, left.DeliveryAddress, left.Gross).ShouldBe(("", null, paid.Gross));
        (await stage.ScheduledAsync()).ShouldHaveSingleItem().ShouldEndWith($"order-fiscal~{paid.Id}");
        // What the provider reports later still finds the order, and puts it in nobody's list.
        await new OrderIndex(shop.Tables()).WriteAsync(left, Stop);
        (await stage.AccountRowsAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_not_sent_and_whose_money_a_bank_took_ends_with_its_account_and_is_credited()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        var (kept, lost) = (await stage.PaidAsync("kept", 790), await stage.PaidAsync("lost", 790));
        var orders = new OrderStore(shop.Tables());
        await orders.ChangeAsync(lost.Id, order => order.Issued().With(PurgeStage.Dispute("lost", FactStatus.Lost, order.PlacedAt.AddDays(9))), Stop);
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldContain("order-restricted restrict 2");
        var ended = (await stage.OrdersAsync())[lost.Id];
        (ended.AccountId, ended.Closed).ShouldBe(("", new Closing(stage.Now, ClosingReason.Cancelled)));
        // Money that is here stays with its sale: a purge sends none of it back unasked.
        (await stage.OrdersAsync())[kept.Id].Closed.ShouldBeNull();
        await shop.SettleAsync();
        (await stage.OrdersAsync())[lost.Id].Documents.Select(document => (document.Kind, document.Gross)).ShouldBe([(DocumentKind.Invoice, lost.Gross), (DocumentKind.CreditNote, lost.Gross)]);
    }

    [Fact]
    public async Task An_account_that_is_used_stays_and_is_filed_for_later()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await shop.Customer();
        shop.Clock.Advance(TimeSpan.FromDays(400));
        await shop.As("ada@example.com").ReadAsync("api/account");
        shop.Clock.Advance(TimeSpan.FromDays(400));
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["account refile 1"]);
        await shop.As("ada@example.com").ReadAsync("api/account");
        var scheduled = (await stage.ScheduledAsync()).ShouldHaveSingleItem();
        scheduled.ShouldStartWith(stage.Now.AddDays(-400).AddMonths(24).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture));
        shop.Clock.Advance(TimeSpan.FromDays(800));
        await stage.PurgeAsync();
        await (await shop.As("ada@example.com").CallAsync("GET", "api/account")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_legal_hold_keeps_account_and_orders_until_it_is_lifted()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        await stage.AccountAsync("bob", 10);
        await stage.UnpaidAsync("unpaid", 40, "bob");
        var body = """{"reason":"legal_claim","note":"Claim 17 at the county court"}""";
        await (await shop.As("ada@example.com").CallAsync("PUT", "api/privacy/holds/ada", Call.Json(body))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await stage.Staff.CallAsync("PUT", "api/privacy/holds/nobody", Call.Json(body))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await stage.Staff.CallAsync("PUT", "api/privacy/holds/ada", Call.Json("""{"reason":"Claim 17"}"""))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        foreach (var account in new[] { "ada", "bob" })
            (await stage.Staff.CallAsync("PUT", $"api/privacy/holds/{account}", Call.Json(body))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stage.Staff.ReadAsync("api/privacy/holds/ada"))["note"]!.GetValue<string>().ShouldBe("Claim 17 at the county court");

        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["account hold 1", "unpaid-order hold 1"]);
        (await stage.AccountRowsAsync("ada")).Length.ShouldBe(4);
        (await stage.AccountRowsAsync("bob")).Length.ShouldBe(5);

        foreach (var account in new[] { "ada", "bob" })
            (await stage.Staff.CallAsync("DELETE", $"api/privacy/holds/{account}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await stage.Staff.CallAsync("DELETE", "api/privacy/holds/ada")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        shop.Clock.Advance(TimeSpan.FromDays(30));
        await stage.PurgeAsync();
        (await stage.AccountRowsAsync("ada")).ShouldBeEmpty();
        (await stage.AccountRowsAsync("bob")).Length.ShouldBe(4);
        (await stage.OrdersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_fell_due_while_nothing_ran_is_made_up_for()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.PurgeAsync();
        for (var day = 0; day < 10; day++) await stage.UnpaidAsync($"key-{day}", 29 - day);
        shop.Clock.Advance(TimeSpan.FromDays(8));
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["unpaid-order delete 8"]);
        shop.Clock.Advance(TimeSpan.FromDays(2));
        await stage.PurgeAsync();
        (await stage.OrdersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_whose_time_is_up_goes_on_by_messages_and_leaves_one_report()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator, new Dictionary<string, string?> { ["Privacy:PurgeRunTime"] = "00:00:00" });
        var stage = new PurgeStage(shop);
        for (var i = 0; i < 12; i++) await stage.UnpaidAsync($"key-{i}", 40 + i);
        await stage.PurgeAsync();
        (await stage.OrdersAsync()).Count.ShouldBe(11);
        (await stage.PurgesAsync())["items"]!.AsArray().ShouldBeEmpty();
        (await stage.PurgesAsync())["runningSince"].ShouldNotBeNull();

        await shop.SettleAsync();
        (await stage.OrdersAsync()).ShouldBeEmpty();
        (await stage.PurgesAsync())["items"]!.AsArray().ShouldHaveSingleItem();
        (await stage.CountsAsync()).ShouldBe(["unpaid-order delete 12"]);
    }
}
