using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>Staff promise money back, and it goes back once: for both providers, in parts, over failures and dashboards.</summary>
public sealed class RefundTests(StorageEmulator emulator)
{
    private const long Total = 59_760;

    [Fact]
    public async Task A_look_while_a_promise_is_about_to_be_stored_does_not_forget_the_order()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await UseCase.PaidAndKnown(stage);
        // The mails are out: only the promise has the order looked at again.
        for (var i = 0; i < 2; i++)
        {
            shop.Clock.Advance(TimeSpan.FromHours(1));
            await shop.LookAtDueAsync();
        }

        await shop.RaceAsync(
            request => request.Method != HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/orders(", StringComparison.Ordinal),
            () => shop.As("grace@example.com", "Shop.Finance").RefundAsync(stage.OrderId, 100),
            shop.LookAtDueAsync);
        // As if the process had ended before it asked for the look.
        await shop.Queue(StorageNames.OrderChecks).ClearMessagesAsync(TestContext.Current.CancellationToken);
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.LookAtDueAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_part_is_promised_carried_out_and_followed_to_its_end()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await PaidAsync(shop);

        var accepted = await grace.RefundAsync(stage.OrderId, 1_000);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted, await accepted.TextAsync());
        var refund = await accepted.JsonAsync();
        refund["status"]!.GetValue<string>().ShouldBe("requested");
        refund["amount"]!.ToJsonString().ShouldBe("""{"amount":1000,"currency":"GBP"}""");
        var progress = accepted.Headers.Location!.ToString().TrimStart('/');

        await shop.SettleAsync();
        (await grace.ReadAsync(progress))["status"]!.GetValue<string>().ShouldBe("pending");
        shop.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(1_000);
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.Refused) { Code = "resource_missing", Method = "GET", Path = "/v1/refunds/*" });
        await shop.LookAtAsync(stage.OrderId);
        shop.Stripe.Faults.Api.ShouldBeEmpty("a refund that Stripe does not tell about holds up no look");
        await shop.SettleRefundsAsync();
        (await grace.ReadAsync(progress))["status"]!.GetValue<string>().ShouldBe("succeeded");
        await stage.ShouldBeAsync("partly_refunded");

        var seen = (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}"))["refunds"]!.AsArray().ShouldHaveSingleItem()!;
        seen["refunded"]!["amount"]!.GetValue<long>().ShouldBe(1_000);
        seen["reason"].ShouldBeNull("why is between the staff");
        seen["note"].ShouldBeNull();
        var list = $"api/orders/{stage.OrderId}/refunds";
        JsonNode.DeepEquals((await stage.Person.ReadAsync(list))["items"]!.AsArray().ShouldHaveSingleItem(), seen).ShouldBeTrue();
        (await grace.ReadAsync(list))["items"]![0]!["reason"]!.GetValue<string>().ShouldBe("faulty");
        (await shop.As("fred@example.com", "Shop.Fulfilment").GetAsync(list, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var tag = (await stage.Person.CallAsync("GET", list)).Tag();
        await (await stage.Person.GetAsync(list, tag)).ShouldBeUnchangedAsync(tag);
        var told = (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>());
        told.ShouldBe(["placed", "payment_started", "paid", "refund_agreed", "refund_started", "refunded"], ignoreOrder: true);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Parts_add_up_and_more_than_is_left_is_refused()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await PaidAsync(shop);
        (await grace.RefundAsync(stage.OrderId, 50_000, "a")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var tooMuch = await (await grace.RefundAsync(stage.OrderId, 10_000, "b")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "more-than-left");
        tooMuch["detail"]!.GetValue<string>().ShouldStartWith("9760 GBP");
        var foreign = await grace.CallAsync("POST", $"api/orders/{stage.OrderId}/refunds", Call.Json("""{"amount":{"amount":1,"currency":"EUR"},"reason":"faulty"}"""), ("Idempotency-Key", "e"));
        (await foreign.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "wrong-currency"))["detail"]!.GetValue<string>().ShouldBe("Its currency is GBP.");
        (await grace.RefundAsync(stage.OrderId, null, "c")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await grace.RefundAsync(stage.OrderId, 1, "d")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "nothing-left");

        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        shop.Stripe.Refunds.Select(refund => refund.Amount).Order().ShouldBe([9_760, 50_000]);
        await stage.ShouldBeAsync("refunded");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task The_same_key_is_the_same_refund_and_another_body_under_it_is_refused()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await PaidAsync(shop);
        var first = await grace.RefundAsync(stage.OrderId, 1_000);
        var again = await grace.RefundAsync(stage.OrderId, 1_000);
        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        await (await grace.RefundAsync(stage.OrderId, 2_000)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await (await grace.RefundAsync(stage.OrderId, null)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await (await grace.PostAsJsonAsync($"api/orders/{stage.OrderId}/refunds", new { reason = "x" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-missing");
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refund_made_at_the_provider_counts_but_does_not_keep_a_promise()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await PaidAsync(shop);
        await shop.Stripe.RefundAsync(stage.Books[0].PaymentIntentId, 1_000);
        var promised = await grace.RefundAsync(stage.OrderId, 1_000);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        shop.Stripe.Refunds.Count.ShouldBe(2);
        (await grace.ReadAsync(promised.Headers.Location!.ToString().TrimStart('/')))["status"]!.GetValue<string>().ShouldBe("succeeded");
        (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}"))["payment"]!["refunded"]!["amount"]!.GetValue<long>().ShouldBe(2_000);
        await (await grace.RefundAsync(stage.OrderId, Total - 1_999, "b")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "more-than-left");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_refund_that_fails_after_it_succeeded_is_made_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await PaidAsync(shop);
        var progress = (await grace.RefundAsync(stage.OrderId, 1_000)).Headers.Location!.ToString().TrimStart('/');
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("partly_refunded");

        var failed = new PaymentEvent
        {
            Provider = "stripe",
            EventId = "evt_bounced",
            Type = "refund.failed",
            OrderId = stage.OrderId,
            Money = new(FactKind.Refund, shop.Stripe.Refunds[0].Id, stage.Books[0].PaymentIntentId, 1_000, "GBP", FactStatus.Failed, shop.Clock.GetUtcNow()),
        };
        await shop.ApplyAsync(System.Text.Encoding.UTF8.GetString(failed.ToMessage()));
        await stage.ShouldBeAsync("paid");
        (await grace.ReadAsync(progress))["status"]!.GetValue<string>().ShouldBe("requested");
        shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await stage.LookAsync();
        await shop.SettleRefundsAsync();
        shop.Stripe.Refunds.Count.ShouldBe(2);
        await stage.ShouldBeAsync("partly_refunded");
        (await grace.ReadAsync(progress))["status"]!.GetValue<string>().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_payment_at_paypal_is_refunded_in_the_same_way()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        var grace = shop.As("grace@example.com", "Shop.Finance");
        (await grace.RefundAsync(order, 760, "a")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await grace.RefundAsync(order, null, "b")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await shop.SettleAsync();

        shop.PayPal.Refunds.Count.ShouldBe(2);
        shop.PayPal.Books.ShouldHaveSingleItem().Refunded.ShouldBe(Total);
        (await ada.PaymentStatusAsync(order)).ShouldBe("refunded");
        (await shop.OrderAsync(order)).Ledger.Where(fact => fact.Kind == FactKind.Refund).ShouldAllBe(fact => fact.Reference != null);
    }

    [Fact]
    public async Task Of_a_cancelled_order_the_half_whose_refund_fails_goes_back_after_the_other_half_has()
    {
        const long Half = Total / 2;
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await PaidAsync(shop);
        var ada = stage.Person;
        var other = await ada.OrderAsync("key-2");
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(other));
        await shop.SettleAsync();
        shop.PayPal.Faults.Add(new ApiFault(ApiFaultKind.RefundPending));
        foreach (var order in (string[])[stage.OrderId, other])
        {
            (await grace.RefundAsync(order, Half, order)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await shop.SettleAsync();
            (await ada.CancelAsync(order)).StatusCode.ShouldBe(HttpStatusCode.OK);
            await shop.SettleAsync();
        }

        (shop.Stripe.Refunds.Count, shop.PayPal.Refunds.Count).ShouldBe((2, 2));
        await shop.Stripe.SettleRefundAsync(shop.Stripe.Refunds[1].Id);
        await shop.Stripe.SettleRefundAsync(shop.Stripe.Refunds[0].Id, succeeds: false);
        await shop.PayPal.SettleRefundAsync(shop.PayPal.Refunds.Single(refund => refund.Status == "PENDING").Id, succeeds: false);
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(16));
        foreach (var order in (string[])[stage.OrderId, other]) await shop.LookAtAsync(order);
        await shop.SettleRefundsAsync();

        (shop.Stripe.Books.Single().Refunded, shop.PayPal.Books.Single().Refunded).ShouldBe((Total, Total));
        foreach (var order in (string[])[stage.OrderId, other]) (await ada.PaymentStatusAsync(order)).ShouldBe("refunded");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Only_finance_refunds_and_staff_see_no_more_of_an_order_than_they_need()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await PaidAsync(shop);
        await (await stage.Person.RefundAsync(stage.OrderId, 1)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await shop.As("fred@example.com", "Shop.Fulfilment").RefundAsync(stage.OrderId, 1)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await grace.RefundAsync(OrderIds.IdOf("nobody", "nothing"), 1)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await grace.RefundAsync("nonsense", 1)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await grace.RefundAsync(stage.OrderId, 1);

        var forFinance = await grace.ReadAsync($"api/orders/{stage.OrderId}");
        forFinance["deliveryAddress"].ShouldBeNull();
        forFinance["refunds"]![0]!["reason"]!.GetValue<string>().ShouldBe("faulty");
        forFinance["refunds"]![0]!["note"]!.GetValue<string>().ShouldBe("A dented rack");
        var forFulfilment = await shop.As("fred@example.com", "Shop.Fulfilment").ReadAsync($"api/orders/{stage.OrderId}");
        forFulfilment["deliveryAddress"]!["city"]!.GetValue<string>().ShouldBe("London");
        forFulfilment["refunds"].ShouldBeNull();
        await (await shop.As("olga@example.com", "Shop.Operator").CallAsync("GET", $"api/orders/{stage.OrderId}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await grace.StartPaymentAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await grace.CallAsync("GET", $"api/orders/{stage.OrderId}/refunds/unknown")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static async Task<(Stage Stage, HttpClient Grace)> PaidAsync(RunningShop shop) => (await Stage.PaidAsync(shop), shop.As("grace@example.com", "Shop.Finance"));
}
