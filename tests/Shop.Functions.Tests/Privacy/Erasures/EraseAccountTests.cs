using System.Net;
using System.Net.Http.Json;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy.Erasures;

/// <summary>Somebody wants to be forgotten: what goes, what stays and why, and what stands in the way.</summary>
public sealed class EraseAccountTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Afterwards_nothing_identifies_the_person_and_the_answer_says_what_stays()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 1);
        var delivered = await PaidAsync(shop, person.Client, "delivered");
        await shop.DeliverAsync(delivered);
        await shop.OpenBreachAsync(more: new() { ["scope"] = new System.Text.Json.Nodes.JsonObject { ["accounts"] = new System.Text.Json.Nodes.JsonArray("somebody", person.AccountId) } });
        var other = await Person.WithEverythingAsync(shop, "bob", seed: 2);

        // The scan that finds nothing afterwards finds all of it now.
        var known = await shop.EverythingStoredAsync();
        person.Values.ShouldAllBe(value => known.Any(row => row.Holds(value)));
        var answer = await person.Client.EraseAsync();
        await shop.ShouldKnowNothingOfAsync(person);

        var stays = answer["stays"]!.AsArray().ToDictionary(kept => kept!["orderId"]!.GetValue<string>(), kept => kept!);
        stays.Keys.ShouldBe([.. person.OrderIds, delivered], ignoreOrder: true);
        var today = new RetentionPeriods().DayOf(shop.Clock.GetUtcNow());
        stays[person.OrderIds[0]]["rule"]!.GetValue<string>().ShouldBe("unpaid-order");
        stays[person.OrderIds[0]]["until"]!.GetValue<string>().ShouldBe(today.AddDays(30).ToString("yyyy-MM-dd"));
        stays[delivered]["rule"]!.GetValue<string>().ShouldBe("order-fiscal");
        stays[delivered]["law"]!.GetValue<string>().ShouldContain("VAT Act 1994");
        DateOnly.Parse(stays[delivered]["until"]!.GetValue<string>()).ShouldBeGreaterThan(today.AddYears(6));
        answer["signIn"]!.GetValue<string>().ShouldContain("Entra");

        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("1Z-TRACKING"));
        // What tax law wants is there, and the sale of somebody else is as it was.
        var sale = await shop.OrderAsync(delivered);
        (sale.Gross, sale.DeliveryCountry, sale.Ledger.Length, sale.Lines.Length).ShouldBe((59_760, "GB", 1, 1));
        (await shop.OrderAsync(person.OrderIds[0])).Closed!.Reason.ShouldBe(ClosingReason.Cancelled);
        (await other.Client.ReadAsync("api/orders"))["items"]!.AsArray().Count.ShouldBe(2);
        (await other.Client.ReadAsync("api/account/addresses"))["items"]?.AsArray().Count.ShouldBe(2);
        await (await person.Client.GetAsync("api/account", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await person.Client.GetAsync($"api/orders/{delivered}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        shop.Log.Entries.ShouldNotContain(entry => person.Values.Any(value => entry.Text.Contains(value, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task The_first_call_changes_nothing_and_a_wrong_old_or_foreign_confirmation_neither()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var bob = await shop.Customer("bob@example.com");
        await ada.OrderAsync();
        var first = await ada.AskAsync();
        var confirmation = await ada.AskAsync();
        var foreign = await bob.AskAsync();
        var before = await ada.ReadAsync("api/orders");
        foreach (var wrong in new[] { "", "x", first, foreign, confirmation.ToUpperInvariant(), new string('a', 5000) })
            await (await ada.ConfirmAsync(wrong)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "confirmation-not-valid");
        await (await bob.ConfirmAsync(confirmation)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "confirmation-not-valid");
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        await (await ada.ConfirmAsync(confirmation)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "confirmation-not-valid");
        await (await ada.CallAsync("POST", Eraser.Path, Call.Json("""{"confirmation":1}"""))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        await (await ada.CallAsync("POST", Eraser.Path, Call.Json("""{"confirmed":true}"""))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        (await ada.ReadAsync("api/orders")).ToJsonString().ShouldBe(before.ToJsonString());
        (await shop.CountAsync(StorageNames.ErasureRuns)).ShouldBe(0);

        await (await shop.As("stranger@example.com").PostAsync(Eraser.Path, null, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await shop.As("stranger@example.com").ConfirmAsync(confirmation)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "confirmation-not-valid");
        await (await shop.Anonymous().PostAsync(Eraser.Path, null, Stop)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task The_last_moment_is_in_time_and_the_same_confirmation_again_gets_the_same_answer()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await ada.OrderAsync();
        var confirmation = await ada.AskAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var answer = await (await ada.ConfirmAsync(confirmation)).TextAsync();
        answer.ShouldContain("unpaid-order");
        (await (await ada.ConfirmAsync(confirmation)).TextAsync()).ShouldBe(answer);
        await (await shop.As("bob@example.com").ConfirmAsync(confirmation)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "confirmation-not-valid");
    }

    [Fact]
    public async Task An_order_that_is_paid_and_not_delivered_stands_in_the_way_and_is_named()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var confirmation = await ada.AskAsync();
        var order = await PaidAsync(shop, ada, "k");
        // One from before a number was the beginning of its order's id.
        const string number = "7K2Q-M9XD-4TFA";
        await shop.Tables().GetTableClient(StorageNames.Orders).UpdateEntityAsync(
            new TableEntity(order, OrderEntity.Row) { [nameof(OrderEntity.Number)] = number }, ETag.All, TableUpdateMode.Merge, Stop);
        const string path = $"orders.{number}";
        (await (await ada.PostAsync(Eraser.Path, null, Stop)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "erasure-blocked"))["errors"]![path]!.ToJsonString()
            .ShouldContain("not been delivered");
        // It came in between: the second call sees it too.
        await (await ada.ConfirmAsync(confirmation)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "erasure-blocked");
        await ada.ReadAsync($"api/orders/{order}");
        await shop.DeliverAsync(order);
        (await ada.ConfirmAsync(confirmation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Money_that_comes_back_or_is_disputed_later_still_finds_its_order_and_nobody_else()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 3);
        var order = await PaidAsync(shop, person.Client, "k");
        await shop.DeliverAsync(order);
        await person.Client.EraseAsync();

        await shop.Stripe.RefundAsync(shop.Stripe.Books.Single(book => book.ClientReferenceId == order).PaymentIntentId, 1_000);
        await shop.SettleRefundsAsync();
        await shop.LookAtAsync(order);
        Settlement.Of(await shop.OrderAsync(order)).Payment.ShouldBe(PaymentStatus.PartlyRefunded);
        (await shop.AccountRowsAsync()).ShouldBeEmpty();
        (await shop.PoisonedAsync(StorageNames.PaymentEvents)).ShouldBe(0);
    }

    [Fact]
    public async Task A_payment_for_an_order_that_went_with_its_account_goes_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var session = await ada.CheckoutAsync(order);
        var confirmation = await ada.AskAsync();
        await shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
        (await ada.ConfirmAsync(confirmation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        shop.Stripe.Books.Sum(book => book.Charged - book.Refunded).ShouldBe(0);
        Settlement.Of(await shop.OrderAsync(order)).Payment.ShouldBe(PaymentStatus.Refunded);
    }

    [Fact]
    public async Task Whoever_signs_in_again_opens_a_new_account_with_nothing_in_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync("key-1");
        await ada.EraseAsync();
        await (await ada.SendAsync(Api.PlaceOrder("key-2"), Stop)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "no-account");

        (await ada.PostAsJsonAsync("api/account", new { name = "Ada again" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ada.ReadAsync("api/orders"))["items"]!.AsArray().ShouldBeEmpty();
        (await ada.ReadAsync("api/account/consents"))["history"]!.AsArray().ShouldBeEmpty();
        await (await ada.GetAsync($"api/orders/{order}", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        // The key of an order that stays cannot bring it back.
        await (await ada.SendAsync(Api.PlaceOrder("key-1"), Stop)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await ada.OrderAsync("key-3");
        (await ada.EraseAsync())["stays"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Staff_can_do_it_on_somebodys_behalf_and_that_is_on_record()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 4);
        var path = $"api/privacy/accounts/{person.AccountId}/erasure";
        await (await shop.As("clerk@example.com", "Shop.Finance").PostAsync(path, null, Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        var officer = shop.Officer();
        await (await officer.PostAsync("api/privacy/accounts/nobody/erasure", null, Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await officer.ConfirmAsync(await officer.AskAsync(path), path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await shop.ShouldKnowNothingOfAsync(person);
        var record = (await Backstage.RowsAsync<Functions.Privacy.Erasures.ErasureRecord>(shop.Tables().GetTableClient(StorageNames.Erasures)))
            .Single(row => row.RowKey == Functions.Privacy.Erasures.ErasureRecord.Row);
        record.StaffId.ShouldNotBeNullOrEmpty();
        record.ConfirmedAt.ShouldBe(shop.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_legal_hold_stands_in_the_way_until_it_is_lifted()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var confirmation = await ada.AskAsync();
        var hold = $"api/privacy/holds/{(await ada.ReadAsync("api/account"))["id"]}";
        (await shop.Officer().PutAsJsonAsync(hold, new { reason = "court_order", note = "Court order 12/26" }, Stop)).EnsureSuccessStatusCode();
        foreach (var response in new[] { await ada.PostAsync(Eraser.Path, null, Stop), await ada.ConfirmAsync(confirmation) })
        {
            var problem = await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "erasure-blocked");
            problem["errors"]!["account"]!.ToJsonString().ShouldContain("legal hold");
            problem.ToJsonString().ShouldNotContain("Court order");
        }

        (await shop.Officer().DeleteAsync(hold, Stop)).EnsureSuccessStatusCode();
        (await ada.ConfirmAsync(confirmation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_record_of_an_erasure_goes_when_its_time_is_up_and_an_order_that_stayed_when_its_own_is()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var delivered = await PaidAsync(shop, ada, "k");
        await shop.DeliverAsync(delivered);
        var until = DateOnly.Parse((await ada.EraseAsync())["stays"]![0]!["until"]!.GetValue<string>());

        var record = shop.Clock.GetUtcNow().AddYears(6).AddDays(1);
        shop.Clock.Advance(record - shop.Clock.GetUtcNow());
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Place == StorageNames.Erasures);
        (await shop.OrderAsync(delivered)).Gross.ShouldBe(59_760);

        shop.Clock.Advance(new DateTimeOffset(until, TimeOnly.MinValue, TimeSpan.Zero) - shop.Clock.GetUtcNow());
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await shop.OrdersAsync()).ShouldBeEmpty();
    }

    private static async Task<string> PaidAsync(RunningShop shop, HttpClient client, string key)
    {
        var order = await client.OrderAsync(key);
        await shop.Stripe.PayAsync(await client.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        return order;
    }
}
