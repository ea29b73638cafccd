using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Payments.PayPal;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments.PayPal;

public sealed class PayPalEventsTests
{
    private static PaymentEvent.Fact Captured(FactStatus status, int seconds) =>
        new(FactKind.Capture, PayPalWire.CaptureId, null, 12_000, "GBP", status, Noon.AddSeconds(seconds));

    [Fact]
    public void An_approved_order_is_an_approved_checkout_and_no_money()
    {
        var payment = Payment(PayPalWire.Event("CHECKOUT.ORDER.APPROVED", PayPalWire.Order("APPROVED")));
        payment.OrderId.ShouldBe(PayPalWire.OrderId);
        payment.Money.ShouldBeNull();
        payment.Checkout.ShouldBe(new("5O190127TN364715T", 1, CheckoutState.Approved, Noon.AddMinutes(-1), Noon.AddMinutes(-1), Noon, ApprovedAt: Noon));
    }

    [Fact]
    public void A_completed_order_says_nothing_of_money_by_itself()
    {
        var payment = Payment(PayPalWire.Event("CHECKOUT.ORDER.COMPLETED", PayPalWire.Order("COMPLETED")));
        payment.Checkout!.State.ShouldBe(CheckoutState.Completed);
        payment.Money.ShouldBeNull();
    }

    [Theory]
    [InlineData("COMPLETED", FactStatus.Completed)]
    [InlineData("PENDING", FactStatus.Pending)]
    [InlineData("DECLINED", FactStatus.Denied)]
    [InlineData("FAILED", FactStatus.Denied)]
    [InlineData("PARTIALLY_REFUNDED", FactStatus.Completed)]
    [InlineData("REFUNDED", FactStatus.Completed)]
    [InlineData("SOMETHING_NEW", FactStatus.Pending)]
    [InlineData(null, FactStatus.Pending)]
    public void A_completed_order_is_worth_what_its_capture_is(string? status, FactStatus expected)
    {
        var order = PayPalWire.Order("COMPLETED", payments: new { captures = new[] { PayPalWire.Capture(status) } });
        Payment(PayPalWire.Event("CHECKOUT.ORDER.COMPLETED", order)).Money!.Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, "-", null)]
    [InlineData("default", "", 1)]
    [InlineData("default", "-2", 2)]
    [InlineData("7", "-2", 7)]
    public void The_attempt_is_the_units_reference_or_else_in_its_invoice_id(string? reference, string suffix, int? attempt)
    {
        var read = Read(PayPalWire.Event("CHECKOUT.ORDER.APPROVED", PayPalWire.Order("APPROVED", reference, Unpaid.Number + suffix)));
        if (attempt is null) read.ShouldBeOfType<Translation.Unreadable>();
        else read.ShouldBeOfType<Translation.Payment>().Event.Checkout!.Attempt.ShouldBe(attempt.Value);
    }

    [Fact]
    public void An_approval_that_is_reversed_is_the_end_of_its_checkout()
    {
        var resource = new JsonObject { ["order_id"] = "5O190127TN364715T", ["purchase_units"] = PayPalWire.Order("APPROVED")["purchase_units"]!.DeepClone() };
        var payment = Payment(PayPalWire.Event("CHECKOUT.PAYMENT-APPROVAL.REVERSED", resource));
        payment.Checkout!.State.ShouldBe(CheckoutState.Expired);
        payment.Checkout.Id.ShouldBe("5O190127TN364715T");
    }

    [Theory]
    [InlineData("PAYMENT.CAPTURE.COMPLETED", "COMPLETED", FactStatus.Completed, 5)]
    [InlineData("PAYMENT.CAPTURE.PENDING", "PENDING", FactStatus.Pending, 0)]
    [InlineData("PAYMENT.CAPTURE.DENIED", "DECLINED", FactStatus.Denied, 5)]
    [InlineData("PAYMENT.CAPTURE.DECLINED", "DECLINED", FactStatus.Denied, 5)]
    [InlineData("PAYMENT.CAPTURE.COMPLETED", "PENDING", FactStatus.Pending, 0)]
    [InlineData("PAYMENT.CAPTURE.COMPLETED", "REFUNDED", FactStatus.Completed, 0)]
    public void A_capture_is_worth_what_its_status_says(string type, string status, FactStatus expected, int seconds)
    {
        var payment = Payment(PayPalWire.Event(type, PayPalWire.Capture(status, reason: "ECHECK")));
        payment.OrderId.ShouldBe(PayPalWire.OrderId);
        payment.Money.ShouldBe(Captured(expected, seconds));
        payment.Checkout.ShouldBeNull();
    }

    [Fact]
    public void A_refund_names_its_capture_by_the_link_up_and_counts_its_own_amount()
    {
        var expected = new PaymentEvent.Fact(FactKind.Refund, "1Y107995YT783435V", PayPalWire.CaptureId, 500, "GBP", FactStatus.Succeeded, Noon.AddMinutes(1));
        var fromDashboard = Payment(PayPalWire.Event("PAYMENT.CAPTURE.REFUNDED", PayPalWire.Refund(), "refund"));
        fromDashboard.Money.ShouldBe(expected);
        fromDashboard.OrderId.ShouldBeNull();
        Payment(PayPalWire.Event("PAYMENT.CAPTURE.REFUNDED", PayPalWire.Refund(custom: PayPalWire.OrderId), "refund")).OrderId.ShouldBe(PayPalWire.OrderId);
    }

    [Theory]
    [InlineData("PAYMENT.REFUND.PENDING", "PENDING", FactStatus.Pending)]
    [InlineData("PAYMENT.REFUND.FAILED", "FAILED", FactStatus.Failed)]
    [InlineData("PAYMENT.REFUND.FAILED", "PENDING", FactStatus.Failed)]
    [InlineData("PAYMENT.CAPTURE.REFUNDED", "CANCELLED", FactStatus.Failed)]
    [InlineData("PAYMENT.CAPTURE.REFUNDED", "SOMETHING_NEW", FactStatus.Pending)]
    public void A_refund_has_a_life(string type, string status, FactStatus expected) =>
        Payment(PayPalWire.Event(type, PayPalWire.Refund(status), "refund")).Money!.Status.ShouldBe(expected);

    [Theory]
    [InlineData("PENDING", 1)]
    [InlineData("COMPLETED", 8_000)]
    [InlineData("FAILED", 8_000)]
    public void A_refund_that_took_days_went_back_at_their_end(string status, int minute) =>
        Payment(PayPalWire.Event("PAYMENT.CAPTURE.REFUNDED", PayPalWire.Refund(status, updated: "2026-11-26T01:20:00Z"), "refund")).Money!.At.ShouldBe(Noon.AddMinutes(minute));

    [Fact]
    public void A_refund_of_something_else_than_a_capture_is_ignored() =>
        Read(PayPalWire.Event("PAYMENT.CAPTURE.REFUNDED", PayPalWire.Refund(up: "https://api.paypal.com/v1/payments/sale/1"), "refund")).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void A_reversal_of_a_part_says_how_much_and_has_an_id_of_its_own()
    {
        var part = Payment(PayPalWire.Event("PAYMENT.CAPTURE.REVERSED", PayPalWire.Refund(value: "-5.00"), "refund"));
        part.Money.ShouldBe(new PaymentEvent.Fact(FactKind.Reversal, "1Y107995YT783435V", PayPalWire.CaptureId, 500, "GBP", FactStatus.Completed, Noon));
        part.OrderId.ShouldBeNull();
        Payment(PayPalWire.Event("PAYMENT.CAPTURE.REVERSED", PayPalWire.Refund(custom: PayPalWire.OrderId), "refund")).OrderId.ShouldBe(PayPalWire.OrderId);
    }

    [Fact]
    public void A_capture_that_says_itself_that_it_was_taken_back_means_all_of_it()
    {
        var captureShaped = Payment(PayPalWire.Event("PAYMENT.CAPTURE.REVERSED", PayPalWire.Capture("REFUNDED")));
        captureShaped.Money.ShouldBe(Captured(FactStatus.Reversed, 0));
        captureShaped.OrderId.ShouldBe(PayPalWire.OrderId);
        // How much is not said: nobody guesses.
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.REVERSED", PayPalWire.Capture("PARTIALLY_REFUNDED"))).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.REVERSED", PayPalWire.Capture("COMPLETED"))).ShouldBe("resource");
    }

    [Theory]
    [InlineData("CUSTOMER.DISPUTE.CREATED", "OPEN", null, null, FactStatus.Open, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.UPDATED", "UNDER_REVIEW", null, null, FactStatus.Open, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.UPDATED", "RESOLVED", "RESOLVED_SELLER_FAVOUR", null, FactStatus.Won, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "RESOLVED_SELLER_FAVOUR", null, FactStatus.Won, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "RESOLVED_WITH_PAYOUT", null, FactStatus.Won, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "CANCELED_BY_BUYER", null, FactStatus.Won, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "DENIED", null, FactStatus.Won, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "NONE", null, FactStatus.Won, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "RESOLVED_BUYER_FAVOUR", "120.00", FactStatus.Lost, 12_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "RESOLVED_BUYER_FAVOUR", "50.00", FactStatus.Lost, 5_000)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "ACCEPTED", null, FactStatus.Lost, 12_000)]
    public void A_dispute_is_open_until_it_is_resolved_one_way_or_the_other(
        string type, string status, string? outcome, string? refunded, FactStatus expected, long amount)
    {
        var payment = Payment(PayPalWire.Event(type, PayPalWire.Dispute(status, outcome, refunded), "dispute"));
        payment.Money.ShouldBe(new PaymentEvent.Fact(
            FactKind.Dispute, "PP-R-NMW-10060847", PayPalWire.CaptureId, amount, "GBP", expected, Noon,
            SettledByRefundsSince: Noon.AddMinutes(-30), SettledByRefundsUntil: expected == FactStatus.Lost ? Noon : null));
        payment.OrderId.ShouldBeNull();
        Payment(PayPalWire.Event(type, PayPalWire.Dispute(status, outcome, refunded, PayPalWire.OrderId), "dispute")).OrderId.ShouldBe(PayPalWire.OrderId);
    }

    [Theory]
    [InlineData("CUSTOMER.DISPUTE.CREATED", "OPEN", null, FactStatus.Inquiry)]
    [InlineData("CUSTOMER.DISPUTE.UPDATED", "WAITING_FOR_SELLER_RESPONSE", null, FactStatus.Inquiry)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "CANCELED_BY_BUYER", FactStatus.Won)]
    [InlineData("CUSTOMER.DISPUTE.RESOLVED", "RESOLVED", "RESOLVED_BUYER_FAVOUR", FactStatus.Lost)]
    public void In_the_stage_of_an_inquiry_nobody_has_asked_for_the_money_yet(string type, string status, string? outcome, FactStatus expected) =>
        Payment(PayPalWire.Event(type, PayPalWire.Dispute(status, outcome, stage: "INQUIRY"), "dispute")).Money!.Status.ShouldBe(expected);

    [Fact]
    public void What_needs_a_persons_eye_is_unreadable()
    {
        Reason(PayPalWire.Event("CUSTOMER.DISPUTE.RESOLVED", PayPalWire.Dispute("RESOLVED", "SOMETHING_NEW"))).ShouldBe("resource");
        Reason(PayPalWire.Event("CUSTOMER.DISPUTE.RESOLVED", PayPalWire.Dispute("RESOLVED"))).ShouldBe("resource");
        Reason(PayPalWire.Event("CUSTOMER.DISPUTE.CREATED", PayPalWire.Dispute(transactions: 2))).ShouldBe("resource");
        Reason(PayPalWire.Event("CUSTOMER.DISPUTE.CREATED", PayPalWire.Dispute(transactions: 0))).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture(value: "12O.00"))).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture(value: "120.001"))).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture(value: "999999999999999999999999"))).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture(currency: "KWD"))).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", new { custom_id = PayPalWire.OrderId })).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", new { custom_id = PayPalWire.OrderId, amount = "many" })).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture(), time: "yesterday")).ShouldBe("resource");
        Reason(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", "text")).ShouldBe("no_resource");
        Reason("""{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","create_time":"2026-11-20T12:00:00Z"}""").ShouldBe("no_resource");
    }

    [Theory]
    [InlineData("", "not_json")]
    [InlineData("not json", "not_json")]
    [InlineData("{", "not_json")]
    [InlineData("{}", "not_an_event")]
    [InlineData("[]", "not_an_event")]
    [InlineData("null", "not_an_event")]
    [InlineData("1", "not_an_event")]
    [InlineData("""{"id":"WH-1"}""", "not_an_event")]
    [InlineData("""{"id":{"a":1},"event_type":["PAYMENT.CAPTURE.COMPLETED"]}""", "not_an_event")]
    [InlineData("""{"id":"\ud800","event_type":"PAYMENT.CAPTURE.COMPLETED"}""", "not_an_event")]
    public void What_is_no_event_is_unreadable(string json, string reason) => Reason(json).ShouldBe(reason);

    [Fact]
    public void Json_that_is_too_deep_is_unreadable() => Reason(new string('[', 100_000)).ShouldBe("not_json");

    [Theory]
    [InlineData("PAYMENT.SALE.COMPLETED")]
    [InlineData("PAYMENT.AUTHORIZATION.CREATED")]
    [InlineData("BILLING.SUBSCRIPTION.CREATED")]
    [InlineData("SOMETHING.NOBODY.HAS-HEARD-OF")]
    public void Another_type_is_ignored(string type) => Read(PayPalWire.Event(type, PayPalWire.Capture())).ShouldBeOfType<Translation.Ignored>();

    [Theory]
    [InlineData("")]
    [InlineData("someone-elses-order")]
    [InlineData("0123456789ABCDEFGHJKMNPQRS")]
    public void What_was_sold_elsewhere_through_the_same_account_is_ignored(string custom)
    {
        Read(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture(custom: custom))).ShouldBeOfType<Translation.Ignored>();
        Read(PayPalWire.Event("CHECKOUT.ORDER.APPROVED", PayPalWire.Order("APPROVED", custom: custom))).ShouldBeOfType<Translation.Ignored>();
    }

    [Theory]
    [InlineData("SOMETHING_NEW")]
    public void An_order_status_that_is_not_known_decides_nothing(string status) =>
        Read(PayPalWire.Event("CHECKOUT.ORDER.COMPLETED", PayPalWire.Order(status))).ShouldBeOfType<Translation.Ignored>();

    [Fact]
    public void A_message_says_nothing_about_a_person_and_is_small()
    {
        foreach (var payment in (PaymentEvent[])
            [Payment(PayPalWire.Event("CHECKOUT.ORDER.APPROVED", PayPalWire.Order("APPROVED"))), Payment(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture()))])
        {
            var message = System.Text.Encoding.UTF8.GetString(payment.ToMessage());
            message.Length.ShouldBeLessThan(1024);
            message.ShouldNotContain("buyer");
            message.ShouldNotContain("Zo");
        }
    }

    private static Translation Read(string json) => PayPalEvents.Read(json);

    private static PaymentEvent Payment(string json) => Read(json).ShouldBeOfType<Translation.Payment>().Event;

    private static string Reason(string json) => Read(json).ShouldBeOfType<Translation.Unreadable>().Event.Reason;
}
