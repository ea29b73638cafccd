using System.Net;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Stripe does not answer, or not as hoped: an order's looks go on until it does.</summary>
public sealed class StripeOutageTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_look_at_a_time_when_stripe_does_not_answer_is_followed_by_another()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.LoseWebhooksAsync();

        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Times = 100, ShouldRetry = false });
        await stage.LookAsync();
        shop.Stripe.Faults.Clear();
        await stage.ShouldBeAsync("awaiting");

        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.LookAtDueAsync();
        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_refund_that_is_owed_while_stripe_does_not_answer_is_made_later()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await PaidTwiceAsync(shop);
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Path = "/v1/refunds", Times = 100, ShouldRetry = false });
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldBeEmpty();
        (await shop.PoisonedAsync(StorageNames.OrderChecks)).ShouldBe(0);

        shop.Stripe.Faults.Clear();
        await stage.LookAsync();
        shop.Stripe.Refunds.Count.ShouldBe(1);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Money_that_is_owed_for_an_hour_raises_an_alarm_and_is_where_staff_look_while_stripe_does_not_answer()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await PaidTwiceAsync(shop);
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Path = "/v1/refunds", Times = 100, ShouldRetry = false });
        await shop.SettleAsync();
        Alarms().ShouldBe(0);
        var grace = shop.As("grace@example.com", "Shop.Finance");
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();

        shop.Clock.Advance(TimeSpan.FromMinutes(61));
        await stage.LookAsync();
        Alarms().ShouldBe(1);
        var stuck = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        stuck["orderId"]!.GetValue<string>().ShouldBe(stage.OrderId);
        stuck["reason"]!.GetValue<string>().ShouldBe("refund_overdue");
        var owed = stuck["owed"]!.AsArray().ShouldHaveSingleItem()!;
        owed["amount"]!["amount"]!.GetValue<long>().ShouldBe(59_760);
        owed["why"]!.GetValue<string>().ShouldBe("not_answering");
        (shop.Clock.GetUtcNow() - owed["since"]!.GetValue<DateTimeOffset>()).ShouldBeInRange(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(62));
        stuck["nextTryAt"]!.GetValue<DateTimeOffset>().ShouldBe(shop.Clock.GetUtcNow().AddMinutes(5));

        shop.Stripe.Faults.Clear();
        await stage.LookAsync();
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();

        int Alarms() => shop.Log.Entries.Count(entry => entry.Level == LogLevel.Critical && entry.Text.Contains("should have been sent back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Money_that_the_bank_has_already_taken_back_is_not_sent_back_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await PaidTwiceAsync(shop);
        var events = await shop.TakeEventsAsync();
        var dispute = await shop.Stripe.OpenDisputeAsync(shop.Stripe.Books[1].PaymentIntentId);
        foreach (var text in await shop.TakeEventsAsync()) await shop.ApplyAsync(text);
        foreach (var text in events) await shop.ApplyAsync(text);
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldBeEmpty();
        await shop.ShouldHoldAsync();

        await shop.Stripe.CloseDisputeAsync(dispute, DisputeOutcome.Won);
        await shop.SettleAsync();
        shop.Stripe.Refunds.Count.ShouldBe(1);
        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_refund_that_stripe_refuses_is_tried_again_by_later_looks()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await PaidTwiceAsync(shop);
        var events = await shop.TakeEventsAsync();
        var dispute = await shop.Stripe.OpenDisputeAsync(shop.Stripe.Books[1].PaymentIntentId);
        await shop.LoseWebhooksAsync();
        foreach (var text in events) await shop.ApplyAsync(text);
        await shop.SettleAsync();
        (await shop.PoisonedAsync(StorageNames.OrderChecks)).ShouldBe(0);
        (await shop.OrderAsync(stage.OrderId)).Ledger.Single(fact => fact.Kind == FactKind.Refund).Status.ShouldBe(FactStatus.Failed);

        await shop.Stripe.CloseDisputeAsync(dispute, DisputeOutcome.Won);
        await shop.LoseWebhooksAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await stage.LookAsync();
        shop.Stripe.Refunds.Count.ShouldBe(1);
        await stage.ShouldBeAsync("paid");
    }

    /// <summary>Stripe goes on answering with a first failure for as long as it remembers the idempotency key: a day. What can be done is done meanwhile.</summary>
    [Fact]
    public async Task A_page_whose_fate_stripe_will_not_tell_holds_up_nothing_else()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerErrorAfterCommit) { ShouldRetry = false });
        (await stage.Person.StartPaymentAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.Stripe.PayAsync(await stage.Person.CheckoutAsync(stage.OrderId), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");

        (await stage.Person.PostAsync($"api/orders/{stage.OrderId}/cancel", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await shop.SettleAsync();

        shop.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(59_760);
        await shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("refunded");
    }

    private static async Task<Stage> PaidTwiceAsync(RunningShop shop)
    {
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.Stripe.PayAsync(await shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2), PaymentOutcome.Succeeds);
        return stage;
    }
}
