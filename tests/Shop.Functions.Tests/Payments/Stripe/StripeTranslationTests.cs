using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Stripe;

namespace Shop.Functions.Tests.Payments.Stripe;

public sealed class StripeTranslationTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000);

    [Fact]
    public void A_paid_session_is_a_capture_and_the_end_of_its_checkout()
    {
        var payment = Payment(StripeEvents.Session("checkout.session.completed"));
        payment.OrderId.ShouldBe(StripeEvents.OrderId);
        payment.Money.ShouldBe(new PaymentEvent.Fact(FactKind.Capture, "pi_1", null, 12_000, "GBP", FactStatus.Completed, At));
        payment.Checkout!.State.ShouldBe(CheckoutState.Completed);
        payment.Checkout.Attempt.ShouldBe(1);
    }

    [Fact]
    public void A_session_completed_without_payment_is_pending() =>
        Payment(StripeEvents.Session("checkout.session.completed", paymentStatus: "unpaid")).Money!.Status.ShouldBe(FactStatus.Pending);

    [Theory]
    [InlineData("checkout.session.async_payment_succeeded", "paid", FactStatus.Completed)]
    [InlineData("checkout.session.async_payment_failed", "unpaid", FactStatus.Denied)]
    public void A_delayed_payment_is_decided_later(string type, string paymentStatus, FactStatus status) =>
        Payment(StripeEvents.Session(type, paymentStatus: paymentStatus)).Money!.Status.ShouldBe(status);

    [Fact]
    public void An_expired_session_is_the_end_of_its_checkout_and_no_money()
    {
        var payment = Payment(StripeEvents.Session("checkout.session.expired", status: "expired", paymentStatus: "unpaid", intent: null));
        payment.Money.ShouldBeNull();
        payment.Checkout!.State.ShouldBe(CheckoutState.Expired);
    }

    [Fact]
    public void A_payment_intent_reports_the_same_capture_as_its_session() =>
        Payment(StripeEvents.Intent("payment_intent.succeeded")).Money.ShouldBe(Payment(StripeEvents.Session("checkout.session.completed")).Money);

    [Theory]
    [InlineData("refund.created", "pending", FactStatus.Pending)]
    [InlineData("refund.updated", "succeeded", FactStatus.Succeeded)]
    [InlineData("refund.updated", "requires_action", FactStatus.Pending)]
    [InlineData("refund.failed", "failed", FactStatus.Failed)]
    [InlineData("charge.refund.updated", "canceled", FactStatus.Failed)]
    public void A_refund_names_its_capture_and_not_our_order(string type, string status, FactStatus expected)
    {
        var payment = Payment(StripeEvents.Refund(type, status));
        payment.OrderId.ShouldBeNull();
        payment.Money.ShouldBe(new PaymentEvent.Fact(FactKind.Refund, "re_1", "pi_1", 500, "GBP", expected, At));
    }

    [Theory]
    [InlineData("10457")]
    [InlineData("wc/10458#1")]
    [InlineData("")]
    [InlineData("0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("0123456789abcdefghjkmnpqrs0")]
    [InlineData("0123456789abcdefghjkmnpqr/")]
    public void What_another_shop_on_the_same_account_calls_an_order_is_none_of_ours(string orderId)
    {
        Read(StripeEvents.Session("checkout.session.completed", orderId: orderId)).ShouldBe(new Translation.Ignored("not_ours"));
        Read(StripeEvents.Intent("payment_intent.succeeded", orderId)).ShouldBe(new Translation.Ignored("not_ours"));
        // Whose it is, the payment tells.
        Payment(StripeEvents.Refund("refund.updated", "succeeded", orderId)).OrderId.ShouldBeNull();
    }

    [Theory]
    [InlineData("needs_response", FactStatus.Open)]
    [InlineData("under_review", FactStatus.Open)]
    [InlineData("appeal_needs_response", FactStatus.Open)]
    [InlineData("appeal_under_review", FactStatus.Open)]
    [InlineData("warning_needs_response", FactStatus.Inquiry)]
    [InlineData("warning_under_review", FactStatus.Inquiry)]
    [InlineData("won", FactStatus.Won)]
    [InlineData("warning_closed", FactStatus.Won)]
    [InlineData("lost", FactStatus.Lost)]
    public void A_dispute_names_its_capture(string status, FactStatus expected) =>
        Payment(StripeEvents.Dispute("charge.dispute.updated", status)).Money.ShouldBe(
            new PaymentEvent.Fact(FactKind.Dispute, "dp_1", "pi_1", 12_000, "GBP", expected, At));

    /// <summary>Stopped, it costs nothing; resolved by a rule, the customer has the money, whichever way Stripe tells of that.</summary>
    [Theory]
    [InlineData("block", null, FactStatus.Won, false)]
    [InlineData("resolution", null, FactStatus.Lost, true)]
    [InlineData("resolution", new long[] { }, FactStatus.Lost, true)]
    [InlineData("resolution", new long[] { -12_000 }, FactStatus.Lost, false)]
    [InlineData("resolution", new long[] { -12_000, 12_000 }, FactStatus.Won, false)]
    [InlineData("something_new", null, FactStatus.Lost, true)]
    public void A_dispute_that_was_prevented_is_not_simply_won(string caseType, long[]? movements, FactStatus expected, bool byRefund)
    {
        var money = Payment(StripeEvents.Dispute("charge.dispute.closed", "prevented", caseType, movements)).Money!;
        money.Status.ShouldBe(expected);
        (money.SettledByRefundsSince, money.SettledByRefundsUntil).ShouldBe(byRefund ? (At, At) : (null, null));
    }

    [Theory]
    [InlineData("payment_intent.created")]
    [InlineData("payment_intent.payment_failed")]
    [InlineData("an.event.nobody.has.heard.of")]
    public void What_decides_nothing_is_ignored(string type) => Read(StripeEvents.Intent(type)).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void A_session_of_somebody_else_is_ignored() => Read(StripeEvents.Session("checkout.session.completed", orderId: null)).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void Live_money_in_a_test_deployment_is_ignored() => Read(StripeEvents.Session("checkout.session.completed", live: true)).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("2026-10-28.endive", true)]
    [InlineData("2027-01-01.endive", true)]
    [InlineData("2026-07-29.dahlia", true)]
    [InlineData("2026-03-25.dahlia", true)]
    [InlineData("2025-11-17.clover", false)]
    [InlineData("2026-07-29.notdahlia", false)]
    [InlineData("dahlia", false)]
    [InlineData("2020-08-27", false)]
    [InlineData(null, false)]
    public void Only_events_of_the_librarys_version_train_and_of_the_one_before_are_read(string? version, bool readable)
    {
        var json = StripeEvents.Session("checkout.session.completed", version: version);
        if (readable) Read(json).ShouldBeOfType<Translation.Payment>();
        else Unreadable(json).ShouldBe(new UnreadableEvent("stripe", "evt_1", "checkout.session.completed", "api_version"));
    }

    [Fact]
    public void What_is_no_event_is_set_aside_with_what_can_be_told_of_it()
    {
        Unreadable("not json").Reason.ShouldBe("not_json");
        Unreadable("[]").EventId.ShouldBe("unknown");
        Unreadable("""{"id":"evt_9","object":"v2.core.event","type":"v2.thing"}""").ShouldBe(new UnreadableEvent("stripe", "evt_9", "v2.thing", "other_kind_of_event"));
        Unreadable(StripeEvents.Session("checkout.session.completed", change: session => session["created"] = null)).ShouldBe(
            new UnreadableEvent("stripe", "evt_1", "checkout.session.completed", "not_an_event"));
    }

    [Fact]
    public void A_session_of_ours_that_lacks_what_it_must_have_is_set_aside()
    {
        Unreadable(StripeEvents.Session("checkout.session.completed", intent: null)).Reason.ShouldBe("amount_or_attempt");
        Unreadable(StripeEvents.Session("checkout.session.completed", change: session => session["currency"] = "xxx")).Reason.ShouldBe("amount_or_attempt");
        Unreadable(StripeEvents.Session("checkout.session.completed", change: session => session["metadata"]!["attempt"] = "one")).Reason.ShouldBe("amount_or_attempt");
    }

    [Fact]
    public void A_message_is_small_and_survives_the_queue()
    {
        var payment = Payment(StripeEvents.Session("checkout.session.completed"));
        payment.ToMessage().Length.ShouldBeLessThan(1024);
        PaymentEvent.Parse(System.Text.Encoding.UTF8.GetString(payment.ToMessage())).ShouldBe(payment);
    }

    [Fact]
    public void Nothing_personal_in_an_event_reaches_the_message()
    {
        var json = StripeEvents.Session("checkout.session.completed", change: session => session["customer_details"] =
            JsonNode.Parse("""{"email":"marked@example.com","name":"Marked Person","phone":"+44 20 7946 0000","address":{"line1":"1 Marked Street","postal_code":"MK1 1AA"}}"""));
        var message = System.Text.Encoding.UTF8.GetString(Payment(json).ToMessage());
        foreach (var marked in new[] { "marked@example.com", "Marked", "7946", "MK1" }) message.ShouldNotContain(marked);
    }

    private static Translation Read(string json) => StripeTranslation.Read(json, live: false);

    private static PaymentEvent Payment(string json) => Read(json).ShouldBeOfType<Translation.Payment>().Event;

    private static UnreadableEvent Unreadable(string json) => Read(json).ShouldBeOfType<Translation.Unreadable>().Event;
}
