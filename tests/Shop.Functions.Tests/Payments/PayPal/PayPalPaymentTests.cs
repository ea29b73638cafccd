using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>Paying with PayPal through the front door: HTTP, sandbox, signed webhook, queue, capture, order.</summary>
public sealed class PayPalPaymentTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_is_approved_at_paypal_is_captured_and_becomes_paid()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var checkout = await ada.PayPalCheckoutAsync(order);
        (await ada.PayPalCheckoutAsync(order)).ShouldBe(checkout, "asking again gives the same page");
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");

        await shop.PayPal.ApproveAsync(checkout);
        await shop.SettleAsync();

        var read = await ada.ReadAsync($"api/orders/{order}");
        read["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
        read["payment"]!["received"]!["amount"]!.GetValue<long>().ShouldBe(59_760);
        read["fulfilment"]!["status"]!.GetValue<string>().ShouldBe("unfulfilled");
        (await ada.ReadAsync("api/orders"))["items"]![0]!["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
        var book = shop.PayPal.Books.ShouldHaveSingleItem();
        book.Charged.ShouldBe(59_760);
        book.CustomId.ShouldBe(order);
        book.InvoiceId.ShouldBe(read["number"]!.GetValue<string>());
        (await shop.OrderAsync(order)).Checkouts.ShouldHaveSingleItem().State.ShouldBe(CheckoutState.Completed);
    }

    [Fact]
    public async Task Coming_back_from_paypal_the_customer_need_not_wait_for_the_webhook()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));

        var answer = await ada.ConfirmAsync(order);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var payment = await answer.JsonAsync();
        payment["status"]!.GetValue<string>().ShouldBe("paid");
        payment["received"]!["amount"]!.GetValue<long>().ShouldBe(59_760);

        await shop.SettleAsync();
        (await ada.ConfirmAsync(order)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Captures.ShouldHaveSingleItem();
        (await shop.PoisonedAsync(StorageNames.PaymentEvents)).ShouldBe(0);
    }

    [Fact]
    public async Task Confirming_before_anything_is_approved_changes_nothing()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        (await (await ada.ConfirmAsync(order)).JsonAsync())["status"]!.GetValue<string>().ShouldBe("awaiting");
        var checkout = await ada.PayPalCheckoutAsync(order);
        (await (await ada.ConfirmAsync(order)).JsonAsync())["status"]!.GetValue<string>().ShouldBe("awaiting");
        shop.PayPal.Captures.ShouldBeEmpty();
        (await ada.PayPalCheckoutAsync(order)).ShouldBe(checkout);
    }

    [Fact]
    public async Task A_stripe_payment_is_confirmed_in_the_same_way()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), Local.Stripe.PaymentOutcome.Succeeds);
        (await (await ada.ConfirmAsync(order, "stripe")).JsonAsync())["status"]!.GetValue<string>().ShouldBe("paid");
    }

    [Fact]
    public async Task A_token_that_paypal_has_revoked_is_replaced()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var checkout = await ada.PayPalCheckoutAsync(order);
        await shop.PayPal.RevokeTokensAsync();
        await shop.PayPal.ApproveAsync(checkout);
        (await (await ada.ConfirmAsync(order)).JsonAsync())["status"]!.GetValue<string>().ShouldBe("paid");
    }

    [Fact]
    public async Task Nobody_approves_in_time_and_the_order_is_given_up()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        var first = await stage.Person.PayPalCheckoutAsync(stage.OrderId);
        shop.Clock.Advance(TimeSpan.FromHours(4));
        var second = await stage.Person.PayPalCheckoutAsync(stage.OrderId);
        second.ShouldNotBe(first, "PayPal may have forgotten the first by now");

        shop.Clock.Advance(TimeSpan.FromHours(21));
        await stage.LookAsync();
        (await shop.OrderAsync(stage.OrderId)).Closed!.Reason.ShouldBe(ClosingReason.Expired);
        (await shop.OrderAsync(stage.OrderId)).Checkouts.ShouldAllBe(checkout => checkout.State == CheckoutState.Expired);
    }

    [Fact]
    public async Task What_is_sent_to_paypal_holds_nothing_about_the_person()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Calls.KeepsBodies = true;
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();

        var sent = shop.Calls.Bodies.Where(body => body.Call.Contains("/v2/", StringComparison.Ordinal)).ToList();
        sent.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var (call, body) in sent)
            foreach (var word in (string[])["Ada", "Lovelace", "James", "SW1Y", "London"])
                body.ShouldNotContain(word, Case.Insensitive, call);
        sent[0].Body.ShouldContain("\"shipping_preference\":\"NO_SHIPPING\"");
    }

    [Fact]
    public async Task The_first_payment_stays_and_the_second_of_the_other_provider_goes_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var session = await ada.CheckoutAsync(order);
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.Stripe.PayAsync(session, Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();

        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Books.Single().Refunded.ShouldBe(0);
        shop.Stripe.Books.Single().Refunded.ShouldBe(59_760);
    }

    [Fact]
    public async Task Money_that_comes_from_paypal_after_the_order_has_ended_goes_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        var checkout = await stage.Person.PayPalCheckoutAsync(stage.OrderId);
        shop.PayPal.Faults.Add(new ApiFault(ApiFaultKind.CapturePending));
        await shop.PayPal.ApproveAsync(checkout);
        await shop.SettleAsync();
        var closing = new Closing(shop.Clock.GetUtcNow(), ClosingReason.Cancelled);
        await new OrderStore(shop.Tables()).ChangeAsync(stage.OrderId, order => order with { Closed = closing }, Stop);

        await shop.PayPal.SettleCaptureAsync(shop.PayPal.Captures.Single().Id);
        await shop.SettleAsync();
        shop.PayPal.Books.Single().Refunded.ShouldBe(59_760);
        shop.PayPal.Refunds.ShouldHaveSingleItem();
        await stage.ShouldBeAsync("refunded");
        await stage.LookAsync();
        shop.PayPal.Refunds.ShouldHaveSingleItem();
    }
}
