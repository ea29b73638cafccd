using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Payments.Checkouts;

/// <summary>Going to pay: one page at a time, of this shop, for an order that can be paid.</summary>
public sealed class StartPaymentTests(StorageEmulator emulator)
{
    [Fact]
    public async Task The_customer_gets_a_page_at_stripe_and_when_it_ends()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var response = await ada.StartPaymentAsync(order);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var payment = await response.JsonAsync();
        var session = shop.Stripe.Sessions.ShouldHaveSingleItem();
        payment["redirectUrl"]!.GetValue<string>().ShouldBe(session.Url!.ToString());
        payment["expiresAt"]!.GetValue<DateTimeOffset>().ShouldBe(session.ExpiresAt);
        session.AmountTotal.ShouldBe(59_760);
        session.ClientReferenceId.ShouldBe(order);
    }

    /// <summary>A provider does not change where its page leads back to.</summary>
    [Theory]
    [InlineData("stripe")]
    [InlineData("paypal")]
    public async Task Who_asks_again_to_come_back_to_another_place_gets_another_page_and_the_first_is_over(string provider)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        object Wish(string back) => new { provider, returnUrl = $"https://shop.example/{back}", cancelUrl = "https://shop.example/basket" };
        var first = await PageAsync(Wish("a"));
        (await PageAsync(Wish("a"))).ShouldBe(first);
        var second = await PageAsync(Wish("b"));
        second.ShouldNotBe(first);
        (await PageAsync(Wish("b"))).ShouldBe(second);
        var known = (await shop.OrderAsync(order)).Checkouts;
        known.Select(checkout => (checkout.State, checkout.ReturnUrl)).ShouldBe([(CheckoutState.Expired, null), (CheckoutState.Open, "https://shop.example/b")]);
        if (provider == "stripe") shop.Stripe.Sessions.Select(session => session.Status).ShouldBe(["expired", "open"]);

        async Task<string> PageAsync(object wish)
        {
            var answer = await ada.StartPaymentAsync(order, wish);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
            return (await answer.JsonAsync())["redirectUrl"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task An_attempt_that_was_cut_off_is_taken_up_and_makes_room_for_who_asks_to_come_back_to_another_place()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        StartPayment.Request Wish(string back) => new("stripe", $"https://shop.example/{back}", "https://shop.example/basket");
        await new OrderStore(shop.Tables()).ChangeAsync(order, current => CheckoutDecision.Of(current, Wish("a"), StripePayments.Terms, shop.Clock.GetUtcNow()).Order, TestContext.Current.CancellationToken);
        var answer = await ada.StartPaymentAsync(order, Wish("b"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        (await shop.OrderAsync(order)).Checkouts.Select(checkout => (checkout.State, checkout.ReturnUrl)).ShouldBe([(CheckoutState.Expired, null), (CheckoutState.Open, "https://shop.example/b")]);
        shop.Stripe.Sessions.Select(session => session.Status).ShouldBe(["expired", "open"]);
        (await answer.JsonAsync())["redirectUrl"]!.GetValue<string>().ShouldBe(shop.Stripe.Sessions[^1].Url!.ToString());
    }

    [Fact]
    public async Task A_page_in_time_that_the_provider_refuses_to_close_can_still_be_paid_on()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var page = await ada.CheckoutAsync(order);
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.Refused) { Path = "/v1/checkout/sessions" });
        var answer = await ada.StartPaymentAsync(order, new { provider = "stripe", returnUrl = "https://shop.example/elsewhere", cancelUrl = "https://shop.example/basket" });
        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await shop.OrderAsync(order)).Checkouts.ShouldHaveSingleItem().State.ShouldBe(CheckoutState.Open);
        await shop.Stripe.PayAsync(page, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
    }

    [Fact]
    public async Task Who_has_agreed_to_pay_keeps_the_page_wherever_it_leads_back_to()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        (await ada.StartPaymentAsync(order, new { provider = "paypal", returnUrl = "https://shop.example/elsewhere", cancelUrl = "https://shop.example/basket" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
    }

    [Fact]
    public async Task Ten_who_ask_at_once_get_the_same_page()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ada.StartPaymentAsync(order)));
        var urls = new HashSet<string>();
        foreach (var answer in answers)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
            urls.Add((await answer.JsonAsync())["redirectUrl"]!.GetValue<string>());
        }

        urls.ShouldHaveSingleItem();
        shop.Stripe.Sessions.ShouldHaveSingleItem();
        (await ada.ReadAsync($"api/orders/{order}/tracking"))["events"]!.AsArray().Count(step => step!["kind"]!.GetValue<string>() == "payment_started").ShouldBe(1);
    }

    [Fact]
    public async Task After_a_page_has_expired_stripe_is_asked_and_a_new_one_opens()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var first = await ada.CheckoutAsync(order);
        shop.Clock.Advance(TimeSpan.FromHours(23) + TimeSpan.FromMinutes(1));
        shop.Calls.Reset();
        var second = await ada.CheckoutAsync(order);
        second.ShouldNotBe(first);
        var asked = shop.Calls.Calls.Where(call => call.Contains("/v1/", StringComparison.Ordinal)).ToList();
        asked.ShouldBe([$"GET /v1/checkout/sessions/{first}", "POST /v1/checkout/sessions"]);
        shop.Stripe.Sessions.Select(session => session.Status).ShouldBe(["expired", "open"]);
        var kinds = (await ada.ReadAsync($"api/orders/{order}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>());
        kinds.ShouldBe(["placed", "payment_started", "payment_expired", "payment_started"]);
    }

    [Fact]
    public async Task Who_paid_in_the_last_minute_is_not_asked_to_pay_again_though_no_webhook_came()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        shop.Clock.Advance(TimeSpan.FromHours(23) + TimeSpan.FromMinutes(1));
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already-paid");
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
    }

    [Fact]
    public async Task A_payment_on_its_way_is_waited_for()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.SucceedsLater);
        await shop.SettleAsync();
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "payment-pending");
        shop.Stripe.Sessions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_declined_card_can_be_followed_by_another_on_the_same_page()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var session = await ada.CheckoutAsync(order);
        await shop.Stripe.PayAsync(session, PaymentOutcome.Declined);
        await shop.SettleAsync();
        (await ada.CheckoutAsync(order)).ShouldBe(session);
    }

    [Fact]
    public async Task An_order_given_up_cannot_be_paid()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Clock.Advance(TimeSpan.FromHours(25));
        // Before anything has looked at the order, and after.
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "order-closed");
        await shop.LookAtAsync(order);
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "order-closed");
        (await ada.ReadAsync($"api/orders/{order}"))["cancelled"]!.GetValue<bool>().ShouldBeTrue();
        shop.Stripe.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stripe_learns_nothing_about_the_person()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer("marked.address@example.com");
        var address = new { name = "Marked Name", line1 = "Marked Line One", line2 = "Marked Line Two", city = "Markedtown", region = "Markedshire", postcode = "MK1 1MK", country = "GB" };
        var order = await ada.OrderAsync("key-1", new { lines = new[] { new { sku = "BOOK-POWER", quantity = 1 } }, deliveryAddress = address, purchaseOrderNumber = "PO-MARKED" });
        shop.Calls.Reset();
        shop.Calls.KeepsBodies = true;
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.LookAtAsync(order);
        var sent = shop.Calls.Bodies.Where(body => body.Call.Contains("/v1/", StringComparison.Ordinal)).Select(body => WebUtility.UrlDecode(body.Body)).ToList();
        sent.ShouldHaveSingleItem().ShouldContain("Power Protection in Practice");
        foreach (var text in sent)
        {
            text.ShouldNotContain("mark", Case.Insensitive);
            text.ShouldNotContain("MK1");
            text.ShouldNotContain("Lovelace");
            text.ShouldNotContain("customer");
        }
    }
}
