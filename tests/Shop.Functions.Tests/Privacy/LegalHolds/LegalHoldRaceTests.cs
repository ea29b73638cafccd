using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Privacy.Erasures;
using Shop.Functions.Tests.Privacy.Purges;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy.LegalHolds;

/// <summary>A legal hold that was answered 200 protects, whoever is about to delete at that moment.</summary>
public sealed class LegalHoldRaceTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/privacy/holds/ada")]
    [InlineData("api/privacy/order-holds/{order}")]
    public async Task A_hold_between_a_purges_check_and_its_delete_keeps_the_order(string path)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 10);
        var order = await stage.UnpaidAsync("unpaid", 40);
        // The purge has seen no hold, and its delete is on the way.
        await shop.RaceAsync(Race.IsTo("DELETE", "/orders("), stage.PurgeAsync, () => HoldAsync(shop, path.Replace("{order}", order.Id, StringComparison.Ordinal)));
        (await shop.OrdersAsync()).ShouldHaveSingleItem().DeliveryAddress.ShouldNotBeNull();
        (await stage.CountsAsync()).ShouldContain("unpaid-order hold 1");
        (await stage.AccountRowsAsync("ada")).ShouldContain(key => key.EndsWith(order.Id, StringComparison.Ordinal), "it is in the list again");
    }

    [Fact]
    public async Task A_hold_between_a_purges_check_and_its_delete_keeps_the_invoice_and_without_one_only_its_number_stays()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 10);
        var held = await stage.PaidAsync("paid", 13 * 366);
        await shop.SendLookAsync(held.Id);
        await shop.Host.DrainQueuesAsync(Stop);
        var before = await NumberAsync();
        // One purge after another, until one is about to delete the sale and not only its address.
        await shop.RaceAsync(Race.IsTo("DELETE", "/orders("), PurgeTwiceAsync, () => HoldAsync(shop, $"api/privacy/order-holds/{held.Id}"));
        var order = (await shop.OrdersAsync()).ShouldHaveSingleItem();
        (await InvoiceBook.BrokenAsync(shop, [order], [order])).ShouldBeEmpty();
        (await NumberAsync()).ShouldBe(before);

        (await shop.Officer().DeleteAsync($"api/privacy/order-holds/{held.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        shop.Clock.Advance(TimeSpan.FromDays(31));
        await stage.PurgeAsync();
        (await shop.OrdersAsync()).ShouldBeEmpty();
        (await InvoiceBook.BrokenAsync(shop, [], [])).ShouldBeEmpty();
        (await NumberAsync()).ShouldBe(((string?)null, (long?)null, before.Seller));
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Place == StorageNames.Invoices && row.Holds(held.Id));

        async Task PurgeTwiceAsync()
        {
            await stage.PurgeAsync();
            await stage.PurgeAsync();
        }

        async Task<(string? OrderId, long? Net, string? Seller)> NumberAsync()
        {
            var row = (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Invoices))).Single(row => row.RowKey.StartsWith("number-", StringComparison.Ordinal));
            return (row.GetString("OrderId"), row.GetInt64("Net"), row.GetString("SellerName").ShouldNotBeNull());
        }
    }

    [Theory]
    [InlineData("api/privacy/holds/ada")]
    [InlineData("api/privacy/order-holds/{order}")]
    public async Task A_hold_between_a_purges_check_and_its_delete_keeps_the_account(string path)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        var order = await stage.PaidAsync("paid", 790);
        await shop.RaceAsync(IsBatch("profile"), stage.PurgeAsync, () => HoldAsync(shop, path.Replace("{order}", order.Id, StringComparison.Ordinal)));
        (await stage.AccountRowsAsync("ada")).ShouldContain("profile");
        (await shop.OrdersAsync()).ShouldHaveSingleItem().AccountId.ShouldBe("ada");
    }

    [Fact]
    public async Task A_hold_that_comes_after_the_delete_is_answered_404_and_leaves_nothing_behind()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        HttpResponseMessage? answer = null;
        // It has seen the account; before it is written the account is gone.
        await shop.RaceAsync(Race.IsTo("PUT", "/holds("), async () => answer = await PutAsync(shop, "api/privacy/holds/ada"), stage.PurgeAsync);
        await answer!.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.LegalHolds))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api/privacy/holds/{account}")]
    [InlineData("api/privacy/order-holds/{order}")]
    public async Task A_hold_between_an_erasures_check_and_its_confirmation_stops_it(string path)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var account = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        var order = await ada.OrderAsync();
        var confirmation = await ada.AskAsync();
        HttpResponseMessage? answer = null;
        await shop.RaceAsync(
            IsBatch("profile"),
            async () => answer = await Eraser.ConfirmAsync(ada, confirmation),
            () => HoldAsync(shop, path.Replace("{order}", order, StringComparison.Ordinal).Replace("{account}", account, StringComparison.Ordinal)));
        await answer!.ShouldBeProblemAsync(HttpStatusCode.Conflict, "erasure-blocked");
        (await shop.OrderAsync(order)).DeliveryAddress.ShouldNotBeNull();
        (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>().ShouldBe(account);
    }

    [Fact]
    public async Task An_order_whose_account_is_just_going_cannot_be_held_until_that_is_done()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var confirmation = await ada.AskAsync();
        HttpResponseMessage? early = null;
        await shop.RaceAsync(
            Race.IsTo("PUT", "/orders("),
            () => Eraser.ConfirmAsync(ada, confirmation),
            async () => early = await PutAsync(shop, $"api/privacy/order-holds/{order}"));
        await early!.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        await HoldAsync(shop, $"api/privacy/order-holds/{order}");
    }

    [Fact]
    public async Task A_sale_of_an_account_that_is_gone_can_be_held_and_goes_when_the_hold_is_lifted()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await shop.DeliverAsync(order);
        var until = DateOnly.Parse((await ada.EraseAsync())["stays"]![0]!["until"]!.GetValue<string>());
        var hold = $"api/privacy/order-holds/{order}";
        await HoldAsync(shop, hold);
        await (await shop.Officer().PutAsJsonAsync(hold, new { reason = "legal_claim", note = "Ada sues" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        (await shop.Officer().ReadAsync(hold))["orderId"]!.GetValue<string>().ShouldBe(order);

        shop.Clock.Advance(new DateTimeOffset(until.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) - shop.Clock.GetUtcNow());
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await shop.OrdersAsync()).ShouldHaveSingleItem();
        (await shop.Officer().DeleteAsync(hold, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await shop.Officer().DeleteAsync(hold, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        shop.Clock.Advance(TimeSpan.FromDays(31));
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await shop.OrdersAsync()).ShouldBeEmpty();
        await (await PutAsync(shop, $"api/privacy/order-holds/{OrderIds.IdOf("nobody", "nothing")}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_hold_keeps_what_the_person_would_delete_or_overwrite_also_when_it_comes_in_between()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var id = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        var added = await ada.CallAsync("POST", "api/account/addresses", JsonContent.Create(Api.Address));
        var address = $"api/account/addresses/{(await added.JsonAsync())["id"]!.GetValue<string>()}";
        HttpResponseMessage? deleted = null;
        await shop.RaceAsync(
            IsBatch(AddressEntity.Prefix),
            async () => deleted = await ada.CallAsync("DELETE", address, null, ("If-Match", "*")),
            () => HoldAsync(shop, $"api/privacy/holds/{id}"));
        await deleted!.ShouldBeProblemAsync(HttpStatusCode.Conflict, "legal-hold");
        var other = JsonContent.Create(new { name = "Ada", line1 = "Elsewhere", city = "London", postcode = "N1", country = "GB" });
        foreach (var (method, path, body) in new[] { ("PUT", address, other), ("PATCH", "api/account", JsonContent.Create(new { name = "Nobody" })) })
            await (await ada.CallAsync(method, path, body, ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "legal-hold");
        (await ada.ReadAsync(address))["line1"]!.GetValue<string>().ShouldBe("12 St James's Square");
        (await ada.CallAsync("POST", "api/account/addresses", JsonContent.Create(new { name = "Ada", line1 = "Elsewhere", city = "London", postcode = "N1", country = "GB" }))).StatusCode.ShouldBe(HttpStatusCode.Created, "more can be added");

        (await shop.Officer().DeleteAsync($"api/privacy/holds/{id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ada.CallAsync("DELETE", address, null, ("If-Match", "*"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        // Nor does damage keep an order from being held.
        var order = await ada.OrderAsync();
        await shop.Tables().GetTableClient("orders").UpdateEntityAsync(new TableEntity(order, "order") { ["Lines"] = "damaged" }, Azure.ETag.All, TableUpdateMode.Merge, Stop);
        await HoldAsync(shop, $"api/privacy/order-holds/{order}");
        await HoldAsync(shop, $"api/privacy/holds/{id}");
    }

    private static Task<HttpResponseMessage> PutAsync(RunningShop shop, string path) => shop.Officer().PutAsJsonAsync(path, new { reason = "court_order" }, Stop);

    private static async Task HoldAsync(RunningShop shop, string path)
    {
        var response = await PutAsync(shop, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.TextAsync());
    }

    /// <summary>The transaction that deletes a row with this key.</summary>
    private static Func<HttpRequestMessage, bool> IsBatch(string key) => request =>
        request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal)
        && request.Content!.ReadAsStringAsync(Stop).GetAwaiter().GetResult() is var body
        && body.Contains("DELETE ", StringComparison.Ordinal)
        && body.Contains(key, StringComparison.Ordinal);
}
