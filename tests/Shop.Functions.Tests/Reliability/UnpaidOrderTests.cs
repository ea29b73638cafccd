using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Orders that nobody pays are given up after a day, without losing money that is on its way.</summary>
public sealed class UnpaidOrderTests(StorageEmulator emulator)
{
    [Fact]
    public async Task An_order_that_stays_unpaid_is_given_up_and_its_page_closed_first()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.OverstayAsync();
        shop.Stripe.Sessions.Single().Status.ShouldBe("open");

        await stage.LookAsync();
        shop.Stripe.Sessions.Single().Status.ShouldBe("expired");
        var read = await stage.Person.ReadAsync($"api/orders/{stage.OrderId}");
        read["fulfilment"]!["status"]!.GetValue<string>().ShouldBe("unfulfilled");
        await (await stage.Person.StartPaymentAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "order-closed");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_order_is_not_given_up_before_its_time()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        shop.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await stage.LookAsync();
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldBeNull();
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await stage.LookAsync();
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldNotBeNull();
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_order_paid_at_the_last_moment_is_paid_although_no_webhook_says_so()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.OverstayAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.LoseWebhooksAsync();

        await stage.LookAsync();
        await stage.ShouldBeAsync("paid");
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldBeNull();
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Money_that_comes_after_the_end_goes_back_by_itself()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.OverstayAsync();
        await stage.LookAsync();
        await shop.Stripe.PayAsync(await shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2), PaymentOutcome.Succeeds);
        await shop.SettleAsync();

        shop.Stripe.Refunds.ShouldHaveSingleItem().Status.ShouldBe("pending");
        (await RefundAsync()).Status.ShouldBe(FactStatus.Pending);
        await shop.ShouldHoldAsync();

        await shop.SettleRefundsAsync();
        (await RefundAsync()).Status.ShouldBe(FactStatus.Succeeded);
        await stage.ShouldBeAsync("refunded");
        await shop.ShouldHoldAsync();

        async Task<LedgerEntry> RefundAsync() => (await shop.OrderAsync(stage.OrderId)).Ledger.Single(fact => fact.Kind == FactKind.Refund);
    }

    [Fact]
    public async Task A_refund_that_fails_is_made_again_and_after_three_a_person_is_asked()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.OverstayAsync();
        await stage.LookAsync();
        await shop.Stripe.PayAsync(await shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2), PaymentOutcome.Succeeds);
        await shop.SettleAsync();

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            shop.Stripe.Refunds.Count.ShouldBe(attempt);
            await shop.SettleRefundsAsync(succeed: false);
            shop.Clock.Advance(TimeSpan.FromMinutes(15));
            await stage.LookAsync();
        }

        shop.Stripe.Refunds.Count.ShouldBe(3);
        await stage.ShouldBeAsync("needs_review");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_page_that_stripe_does_not_know_does_not_keep_an_order_alive_for_ever()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        var now = shop.Clock.GetUtcNow();
        var unknown = new Checkout
        {
            Provider = "stripe",
            Attempt = 1,
            Id = "cs_test_of_another_account",
            StartedAt = now,
            ExpiresAt = now.AddHours(23),
            State = CheckoutState.Open,
            Url = "https://checkout.example/1",
        };
        await new OrderStore(shop.Tables()).ChangeAsync(stage.OrderId, order => order.With(unknown), TestContext.Current.CancellationToken);

        await stage.LookAsync();
        await stage.ShouldBeAsync("awaiting");
        shop.Clock.Advance(TimeSpan.FromHours(24));
        await stage.LookAsync();
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldNotBeNull();
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_attempt_that_stripe_answers_with_the_same_failure_for_ever_does_not_keep_an_order_alive()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        // So late that Stripe still remembers the failure, by its idempotency key, when the order's day is over.
        shop.Clock.Advance(TimeSpan.FromMinutes(30));
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerErrorAfterCommit) { Path = "/v1/checkout/sessions", ShouldRetry = false });
        await (await stage.Person.StartPaymentAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");

        shop.Clock.Advance(TimeSpan.FromHours(24));
        await stage.LookAsync();
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldNotBeNull();
        await shop.ShouldHoldAsync();
    }
}
