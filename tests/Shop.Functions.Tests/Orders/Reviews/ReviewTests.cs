using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Orders.Reviews;

/// <summary>What needs a person is on a list with why, and leaves it by a decision that is carried out.</summary>
public sealed class ReviewTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Odd_money_is_on_the_list_with_its_facts_and_leaves_it_when_it_is_accepted()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await OddAsync(shop, 100);
        var review = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        review["orderId"]!.GetValue<string>().ShouldBe(stage.OrderId);
        review["reason"]!.GetValue<string>().ShouldBe("paid_too_little");
        review["decisions"]!.AsArray().Select(each => each!.GetValue<string>()).ShouldBe(["accept", "refund"]);
        var fact = review["facts"]!.AsArray().ShouldHaveSingleItem()!;
        fact["status"]!.GetValue<string>().ShouldBe("completed");
        fact["amount"]!["amount"]!.GetValue<long>().ShouldBe(100);

        (await grace.ResolveAsync(stage.OrderId, "accept")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();
        await stage.ShouldBeAsync("paid");
        (await shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var decided = (await shop.OrderAsync(stage.OrderId)).Resolutions.ShouldHaveSingleItem();
        (decided.Decision, decided.Reason, decided.Note).ShouldBe((ReviewChoice.Accept, "agreed_with_customer", "Settled by telephone"));
        (await shop.OrderAsync(stage.OrderId)).Journal.ShouldContain(entry => entry.Kind == JournalKinds.ReviewResolved && entry.Role == "finance");

        // The answer was lost: the same again is the same, something else is not.
        (await grace.ResolveAsync(stage.OrderId, "accept")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await grace.ResolveAsync(stage.OrderId, "refund")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "nothing-to-decide");
    }

    [Fact]
    public async Task What_a_bank_asks_for_is_on_the_list_and_on_the_order_until_it_is_decided()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        var grace = shop.As("grace@example.com", "Shop.Finance");
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();

        await shop.Stripe.OpenDisputeAsync(stage.Books.Single().PaymentIntentId);
        await shop.SettleAsync();
        var review = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (review["orderId"]!.GetValue<string>(), review["reason"]!.GetValue<string>(), review["decisions"]!.AsArray().Count).ShouldBe((stage.OrderId, "dispute_open", 0));
        var told = (await grace.ReadAsync($"api/orders/{stage.OrderId}"))["disputes"]!.AsArray().ShouldHaveSingleItem()!;
        (told["provider"]!.GetValue<string>(), told["status"]!.GetValue<string>()).ShouldBe(("stripe", "open"));
        (await shop.As("fred@example.com", "Shop.Fulfilment").ReadAsync($"api/orders/{stage.OrderId}"))["disputes"].ShouldBeNull();
    }

    [Fact]
    public async Task Odd_money_that_is_to_go_back_goes_back_and_the_order_ends()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await OddAsync(shop, 70_000);
        var impossible = await (await grace.ResolveAsync(stage.OrderId, "write_off")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "decision-not-possible");
        impossible["detail"]!.GetValue<string>().ShouldBe("paid_too_much: accept, refund.");
        (await (await shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "not-ready"))["detail"]!
            .GetValue<string>().ShouldBe("Payment: needs_review. Goods: unfulfilled.");
        (await (await grace.ResolveAsync(stage.OrderId, "refund")).JsonAsync())["cancelled"]!.GetValue<bool>().ShouldBeTrue();
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();
        Settlement.Of(await shop.OrderAsync(stage.OrderId)).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(70_000);
        (await shop.CountAsync(StorageNames.OrderChecks)).ShouldBe(1, "somebody is told to send it back");
    }

    [Fact]
    public async Task A_new_fact_puts_an_order_on_the_list_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        var grace = shop.As("grace@example.com", "Shop.Finance");
        await shop.Stripe.RefundAsync(stage.Books[0].PaymentIntentId);
        await shop.Stripe.OpenDisputeAsync(stage.Books[0].PaymentIntentId);
        await shop.SettleRefundsAsync();
        await shop.Stripe.CloseDisputeAsync(shop.Stripe.Disputes[0].Id, DisputeOutcome.Lost);
        await shop.SettleAsync();

        (await ReasonsAsync(grace)).ShouldBe(["refunded_too_much"]);
        (await grace.ResolveAsync(stage.OrderId, "write_off")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReasonsAsync(grace)).ShouldBeEmpty();
        await stage.ShouldBeAsync("refunded");

        await new OrderStore(shop.Tables()).ChangeAsync(
            stage.OrderId, order => order.With(order.Ledger.Single(fact => fact.Kind == FactKind.Capture) with { Status = FactStatus.Reversed }), Stop);
        await stage.LookAsync();
        (await ReasonsAsync(grace)).ShouldBe(["capture_reversed"]);
    }

    [Fact]
    public async Task A_decision_is_about_what_was_seen()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await OddAsync(shop, 100);
        var seen = (await grace.ReadAsync("api/reviews"))["items"]![0]!["eTag"]!.GetValue<string>();
        await new OrderStore(shop.Tables()).ChangeAsync(stage.OrderId, order => order.With(Money(101, "pi_2")), Stop);
        await (await ResolveAsync(seen)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        var now = (await grace.ReadAsync("api/reviews"))["items"]![0]!["eTag"]!.GetValue<string>();
        (await ResolveAsync(now)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ResolveAsync(now)).StatusCode.ShouldBe(HttpStatusCode.OK, "the same again, its answer lost");

        Task<HttpResponseMessage> ResolveAsync(string tag) => grace.CallAsync(
            "POST", $"api/reviews/{stage.OrderId}/resolve", JsonContent.Create(new { decision = "accept", reason = "other" }), ("If-Match", tag));
    }

    [Fact]
    public async Task The_list_comes_in_pages_and_a_row_that_outlived_its_reason_is_skipped_and_taken_out()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (_, grace) = await OddAsync(shop, 100);
        var ada = shop.As("ada@example.com");
        var store = new OrderStore(shop.Tables());
        var reviews = new ReviewList(shop.Tables());
        for (var i = 0; i < 3; i++)
        {
            var id = await ada.OrderAsync($"more-{i}");
            await store.ChangeAsync(id, order => order.With(Money(5, "pi_1")), Stop);
            await reviews.AddAsync(id, Stop);
        }

        await reviews.AddAsync(await ada.OrderAsync("unpaid"), Stop);
        await reviews.AddAsync(OrderIds.IdOf("nobody", "nothing"), Stop);

        var seen = new List<string>();
        var path = "api/reviews?limit=2";
        for (var pages = 0; path is not null; pages++)
        {
            pages.ShouldBeLessThan(4);
            var page = await grace.ReadAsync(path);
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["orderId"]!.GetValue<string>()));
            path = page["continuation"] is { } next ? $"api/reviews?limit=2&continuation={next.GetValue<string>()}" : null;
        }

        seen.Count.ShouldBe(4);
        seen.ShouldBeUnique();
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Reviews))).Count.ShouldBe(4);
        await (await grace.CallAsync("GET", "api/reviews?limit=0")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        await (await grace.CallAsync("GET", "api/reviews?continuation=nonsense")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_parcel_that_came_back_or_got_lost_is_on_the_list_until_somebody_has_seen_to_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        var (grace, fred) = (shop.As("grace@example.com", "Shop.Finance"), shop.As("fred@example.com", "Shop.Fulfilment"));
        foreach (var number in new[] { 1, 2 }) (await fred.ShipAsync(stage.OrderId, $"parcel-{number}", lines: new { sku = "UPS-LI-1500", quantity = 1 })).EnsureSuccessStatusCode();
        foreach (var minutes in new[] { 2, 6 }) await shop.PassAsync(minutes);
        (await fred.CarryAsync(stage.OrderId, 2, "failed", shop.Clock.GetUtcNow())).EnsureSuccessStatusCode();
        await shop.PassAsync();
        (await ReasonsAsync(grace)).ShouldBeEmpty("its carrier tries again");
        await shop.PassAsync(60 * 24 * 7);
        (await ReasonsAsync(grace)).ShouldBe(["not_delivered"]);
        (await grace.ResolveAsync(stage.OrderId, "accept")).EnsureSuccessStatusCode();
        (await ReasonsAsync(grace)).ShouldBeEmpty("somebody sees to it");

        (await fred.CarryAsync(stage.OrderId, 1, "returned", shop.Clock.GetUtcNow())).EnsureSuccessStatusCode();
        await shop.PassAsync();
        var offer = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (offer["reason"]!.GetValue<string>(), offer["refundOffer"]!["amount"]!.GetValue<int>()).ShouldBe(("refund_offered", 29_880));
        await stage.ShouldBeAsync("paid");
        var part = await grace.RefundAsync(stage.OrderId, 1, "part");
        await grace.CallAsync("DELETE", part.Headers.Location!.ToString().TrimStart('/'));
        (await ReasonsAsync(grace)).ShouldBe(["refund_offered"], "a part was never all of it");
        var promised = await grace.RefundAsync(stage.OrderId, 29_880);
        (await ReasonsAsync(grace)).ShouldBeEmpty("it is promised");
        await grace.CallAsync("DELETE", promised.Headers.Location!.ToString().TrimStart('/'));
        (await ReasonsAsync(grace)).ShouldBeEmpty();
        await shop.PassAsync();
        (await ReasonsAsync(grace)).ShouldBe(["refund_offered"], "the promise is taken back");
        (await grace.ResolveAsync(stage.OrderId, "accept")).EnsureSuccessStatusCode();
        (await ReasonsAsync(grace)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_finance_sees_and_decides()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await OddAsync(shop, 100);
        await (await stage.Person.CallAsync("GET", "api/reviews")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await stage.Person.ResolveAsync(stage.OrderId, "accept")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await grace.ResolveAsync(OrderIds.IdOf("nobody", "nothing"), "accept")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await grace.ResolveAsync("nonsense", "accept")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An order that another amount has come for than its total.</summary>
    private static async Task<(Stage Stage, HttpClient Grace)> OddAsync(RunningShop shop, long amount)
    {
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        await new OrderStore(shop.Tables()).ChangeAsync(stage.OrderId, order => order.With(Money(amount, "pi_1")), Stop);
        await shop.LookAtAsync(stage.OrderId);
        return (stage, shop.As("grace@example.com", "Shop.Finance"));
    }

    private static LedgerEntry Money(long amount, string id) =>
        new(FactKind.Capture, "stripe", id, null, amount, "GBP", FactStatus.Completed, SampleOrders.Noon);

    private static async Task<List<string>> ReasonsAsync(HttpClient grace) =>
        [.. (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().Select(item => item!["reason"]!.GetValue<string>())];
}
