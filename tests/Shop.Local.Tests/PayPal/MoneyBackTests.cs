using System.Net;
using System.Text.Json.Nodes;
using Shop.Local.PayPal;

namespace Shop.Local.Tests.PayPal;

public sealed class MoneyBackTests : IAsyncLifetime
{
    private PayPalUnderTest _paypal = null!;
    private string _capture = null!;

    public async ValueTask InitializeAsync()
    {
        _paypal = await PayPalUnderTest.StartAsync();
        _capture = await _paypal.CapturedAsync();
        await _paypal.Sandbox.DeliverAsync();
        _paypal.Receiver.Drain();
    }

    public ValueTask DisposeAsync() => _paypal.DisposeAsync();

    [Fact]
    public async Task Refunds_in_parts_add_up_and_no_more_than_was_captured_goes_back()
    {
        (await RefundAsync("10.00", "refund-1")).Status.ShouldBe(HttpStatusCode.Created);
        var part = (await _paypal.GetAsync($"/v2/payments/captures/{_capture}")).Json;
        ((string?)part["status"]).ShouldBe("PARTIALLY_REFUNDED");
        (await RefundAsync("20.01", "refund-2")).Failed(422, "REFUND_AMOUNT_EXCEEDED");
        var rest = await _paypal.PostAsync($"/v2/payments/captures/{_capture}/refund", "{}", "refund-3");
        ((string?)rest.Json["amount"]!["value"]).ShouldBe("20.00");
        ((string?)rest.Json["seller_payable_breakdown"]!["total_refunded_amount"]!["value"]).ShouldBe("30.00");
        (await RefundAsync("0.01", "refund-4")).Failed(422, "CAPTURE_FULLY_REFUNDED");
        ((string?)(await _paypal.GetAsync($"/v2/payments/captures/{_capture}")).Json["status"]).ShouldBe("REFUNDED");
        var book = _paypal.Sandbox.Books.Single();
        (book.CustomId, book.Charged, book.Refunded, book.RefundsPending).ShouldBe(("order-1", 3000, 3000, 0));
    }

    [Fact]
    public async Task The_event_of_a_refund_is_the_refund_and_names_its_capture_only_in_a_link()
    {
        var refund = await RefundAsync("10.00", "refund-1");
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["PAYMENT.CAPTURE.REFUNDED"]);
        var told = JsonNode.Parse(_paypal.Receiver.Drain().Single().Body)!;
        ((string?)told["resource_type"]).ShouldBe("refund");
        ((string?)told["resource"]!["id"]).ShouldBe((string?)refund.Json["id"]);
        var up = ((JsonArray)told["resource"]!["links"]!).Single(link => (string?)link!["rel"] == "up")!;
        ((string?)up["href"]).ShouldEndWith($"/v2/payments/captures/{_capture}");
    }

    [Theory]
    [InlineData("GBP", "0.00", 422, "CANNOT_BE_ZERO_OR_NEGATIVE")]
    [InlineData("EUR", "1.00", 422, "REFUND_CAPTURE_CURRENCY_MISMATCH")]
    [InlineData("GBP", "1.001", 422, "DECIMAL_PRECISION")]
    [InlineData("GBP", "ten", 400, "INVALID_PARAMETER_SYNTAX")]
    public async Task A_refund_that_cannot_be_is_refused(string currency, string value, int status, string issue)
    {
        (await RefundAsync(value, "refund-1", currency)).Failed(status, issue);
        _paypal.Sandbox.Refunds.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pending_refund_ends_either_way_and_one_that_failed_may_be_asked_for_again()
    {
        _paypal.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.RefundPending));
        var refund = await RefundAsync("30.00", "refund-1");
        ((string?)refund.Json["status"]).ShouldBe("PENDING");
        ((string?)refund.Json["status_details"]!["reason"]).ShouldBe("ECHECK");
        _paypal.Sandbox.Books.Single().RefundsPending.ShouldBe(3000);
        await _paypal.Sandbox.SettleRefundAsync((string)refund.Json["id"]!, succeeds: false);
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["PAYMENT.REFUND.PENDING", "PAYMENT.REFUND.FAILED"]);
        var book = _paypal.Sandbox.Books.Single();
        (book.Refunded, book.RefundsPending, book.CaptureStatus).ShouldBe((0, 0, "COMPLETED"));
        (await RefundAsync("30.00", "refund-2")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refund_in_the_dashboard_is_known_by_its_event_and_with_its_order()
    {
        var refund = await _paypal.Sandbox.RefundAsync(_capture, 500);
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["PAYMENT.CAPTURE.REFUNDED"]);
        ((string?)(await _paypal.GetAsync($"/v2/payments/refunds/{refund}")).Json["amount"]!["value"]).ShouldBe("5.00");
        var order = (await _paypal.GetAsync($"/v2/checkout/orders/{_paypal.Sandbox.Orders.Single().Id}")).Json;
        ((string?)order["purchase_units"]![0]!["payments"]!["refunds"]![0]!["id"]).ShouldBe(refund);
    }

    [Theory]
    [InlineData(true, "PAYMENT.CAPTURE.COMPLETED", "COMPLETED", 3000)]
    [InlineData(false, "PAYMENT.CAPTURE.DENIED", "DECLINED", 0)]
    public async Task A_bank_transfer_completes_the_order_and_is_paid_or_denied_later(bool succeeds, string type, string status, long charged)
    {
        var capture = await _paypal.CapturedAsync(BuyerChoice.ApprovesWithECheck, "S-1002");
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.PENDING", "CHECKOUT.ORDER.COMPLETED"]);
        var pending = (await _paypal.GetAsync($"/v2/payments/captures/{capture}")).Json;
        ((string?)pending["status_details"]!["reason"]).ShouldBe("ECHECK");
        _paypal.Sandbox.Books[1].Charged.ShouldBe(0);
        (await _paypal.PostAsync($"/v2/payments/captures/{capture}/refund", "{}", "refund-1")).Failed(422, "PENDING_CAPTURE");

        await _paypal.Sandbox.SettleCaptureAsync(capture, succeeds);
        (await _paypal.DeliveredTypesAsync()).ShouldBe([type]);
        ((string?)(await _paypal.GetAsync($"/v2/payments/captures/{capture}")).Json["status"]).ShouldBe(status);
        _paypal.Sandbox.Books[1].Charged.ShouldBe(charged);
    }

    [Theory]
    [InlineData(DisputeOutcome.Won, "RESOLVED_SELLER_FAVOUR", 0)]
    [InlineData(DisputeOutcome.Lost, "RESOLVED_BUYER_FAVOUR", 3000)]
    public async Task A_dispute_names_the_capture_and_ends_for_one_of_the_two(DisputeOutcome outcome, string code, long withdrawn)
    {
        var dispute = await _paypal.Sandbox.OpenDisputeAsync(_capture);
        (await RefundAsync("1.00", "refund-1")).Failed(422, "TRANSACTION_DISPUTED");
        await _paypal.Sandbox.ReviewDisputeAsync(dispute);
        await _paypal.Sandbox.CloseDisputeAsync(dispute, outcome);
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED"]);
        var told = _paypal.Receiver.Drain().Select(one => JsonNode.Parse(one.Body)!["resource"]!).ToList();
        told.ShouldAllBe(resource => (string?)resource["disputed_transactions"]![0]!["seller_transaction_id"] == _capture);
        told.Select(resource => (string?)resource["status"]).ShouldBe(["WAITING_FOR_SELLER_RESPONSE", "UNDER_REVIEW", "RESOLVED"]);
        ((string?)told[2]["dispute_outcome"]!["outcome_code"]).ShouldBe(code);
        _paypal.Sandbox.Books.Single().Withdrawn.ShouldBe(withdrawn);
        var listed = (JsonArray)(await _paypal.GetAsync($"/v1/customer/disputes?disputed_transaction_id={_capture}")).Json["items"]!;
        ((string?)listed.ShouldHaveSingleItem()!["dispute_id"]).ShouldBe(dispute);
        ((JsonArray)(await _paypal.GetAsync("/v1/customer/disputes?disputed_transaction_id=OTHER")).Json["items"]!).ShouldBeEmpty();
        if (outcome == DisputeOutcome.Lost)
            (await RefundAsync("1.00", "refund-2")).Failed(422, "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK");
    }

    [Fact]
    public async Task A_reversal_looks_like_a_refund_that_nobody_asked_for()
    {
        await _paypal.Sandbox.RefundAsync(_capture, 1000);
        await _paypal.Sandbox.ReverseCaptureAsync(_capture);
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["PAYMENT.CAPTURE.REFUNDED", "PAYMENT.CAPTURE.REVERSED"]);
        var told = JsonNode.Parse(_paypal.Receiver.Drain()[1].Body)!;
        ((string?)told["resource"]!["amount"]!["value"]).ShouldBe("20.00");
        ((JsonArray)told["resource"]!["links"]!).Select(link => (string)link!["href"]!).ShouldContain(href => href.EndsWith($"/captures/{_capture}"));
        var book = _paypal.Sandbox.Books.Single();
        (book.Charged, book.Refunded, book.Withdrawn).ShouldBe((3000, 1000, 2000));
        (await RefundAsync("1.00", "refund-1")).Failed(422, "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK");
    }

    [Fact]
    public async Task A_part_can_be_reversed_and_what_is_left_refunded()
    {
        await _paypal.Sandbox.ReverseCaptureAsync(_capture, 500);
        await Should.ThrowAsync<InvalidOperationException>(() => _paypal.Sandbox.ReverseCaptureAsync(_capture, 2501));
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["PAYMENT.CAPTURE.REVERSED"]);
        ((string?)JsonNode.Parse(_paypal.Receiver.Drain()[0].Body)!["resource"]!["amount"]!["value"]).ShouldBe("5.00");
        ((string?)(await _paypal.GetAsync($"/v2/payments/captures/{_capture}")).Json["status"]).ShouldBe("PARTIALLY_REFUNDED");
        (await RefundAsync("25.01", "refund-1")).Failed(422, "REFUND_AMOUNT_EXCEEDED");
        (await RefundAsync("25.00", "refund-2")).Json["status"].ShouldNotBeNull();
        var book = _paypal.Sandbox.Books.Single();
        (book.Charged, book.Refunded, book.Withdrawn).ShouldBe((3000, 2500, 500));
    }

    [Fact]
    public async Task An_inquiry_takes_nothing_and_becomes_a_claim_or_is_dropped()
    {
        var dropped = await _paypal.Sandbox.OpenDisputeAsync(_capture, isInquiry: true);
        _paypal.Sandbox.Books.Single().Withdrawn.ShouldBe(0);
        (await RefundAsync("1.00", "refund-1")).Failed(422, "TRANSACTION_DISPUTED");
        await _paypal.Sandbox.CloseDisputeAsync(dropped, DisputeOutcome.Won);
        var claimed = await _paypal.Sandbox.OpenDisputeAsync(_capture, isInquiry: true);
        await _paypal.Sandbox.ReviewDisputeAsync(claimed);
        _paypal.Sandbox.Books.Single().Withdrawn.ShouldBe(3000);
        await _paypal.DeliveredTypesAsync();
        var told = _paypal.Receiver.Drain().Select(one => JsonNode.Parse(one.Body)!["resource"]!).ToList();
        told.Select(resource => (string?)resource["dispute_life_cycle_stage"]).ShouldBe(["INQUIRY", "INQUIRY", "INQUIRY", "CHARGEBACK"]);
        ((string?)told[1]["dispute_outcome"]!["outcome_code"]).ShouldBe("CANCELED_BY_BUYER");
    }

    [Fact]
    public async Task Of_a_case_that_the_shop_loses_only_what_was_not_refunded_in_it_is_taken()
    {
        var dispute = await _paypal.Sandbox.OpenDisputeAsync(_capture);
        await _paypal.Sandbox.RefundAsync(_capture);
        await _paypal.Sandbox.CloseDisputeAsync(dispute, DisputeOutcome.Lost);
        var book = _paypal.Sandbox.Books.Single();
        (book.Refunded, book.Withdrawn).ShouldBe((3000, 0));
        await _paypal.DeliveredTypesAsync();
        var outcome = JsonNode.Parse(_paypal.Receiver.Drain()[^1].Body)!["resource"]!["dispute_outcome"]!;
        ((string?)outcome["amount_refunded"]!["value"]).ShouldBe("30.00");
    }

    [Theory]
    [InlineData(false, "CUSTOMER.DISPUTE.RESOLVED")]
    [InlineData(true, "PAYMENT.CAPTURE.REVERSED,CUSTOMER.DISPUTE.RESOLVED")]
    public async Task A_case_can_be_lost_in_part_and_be_carried_out_by_a_reversal(bool reverses, string types)
    {
        var dispute = await _paypal.Sandbox.OpenDisputeAsync(_capture);
        await _paypal.Sandbox.CloseDisputeAsync(dispute, DisputeOutcome.Lost, given: 2000, reverses);
        (await _paypal.DeliveredTypesAsync()).Skip(1).ShouldBe(types.Split(','));
        _paypal.Sandbox.Books.Single().Withdrawn.ShouldBe(2000);
    }

    [Fact]
    public async Task An_offer_in_a_case_refunds_a_part_and_ends_it()
    {
        var dispute = await _paypal.Sandbox.OpenDisputeAsync(_capture, isInquiry: true);
        await _paypal.Sandbox.OfferInDisputeAsync(dispute, 1000);
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["CUSTOMER.DISPUTE.CREATED", "PAYMENT.CAPTURE.REFUNDED", "CUSTOMER.DISPUTE.RESOLVED"]);
        var book = _paypal.Sandbox.Books.Single();
        (book.Refunded, book.Withdrawn, _paypal.Sandbox.Disputes.Single().Amount).ShouldBe((1000, 0, 1000));
    }

    [Theory]
    [InlineData(BuyerChoice.ApprovesWithECheck, "PAYMENT.CAPTURE.COMPLETED")]
    [InlineData(BuyerChoice.ApprovesWithBouncingECheck, "PAYMENT.CAPTURE.DENIED")]
    public async Task In_the_background_what_is_pending_settles_when_its_time_comes(BuyerChoice choice, string type)
    {
        await using var paypal = await PayPalUnderTest.StartAsync(SandboxMode.Automatic);
        await paypal.CapturedAsync(choice);
        for (var i = 0; i < 3; i++) await paypal.Receiver.NextAsync();
        paypal.Clock.Advance(TimeSpan.FromSeconds(5));
        ((string?)JsonNode.Parse((await paypal.Receiver.NextAsync()).Body)!["event_type"]).ShouldBe(type);
    }

    private Task<PayPalUnderTest.Answer> RefundAsync(string value, string requestId, string currency = "GBP") => _paypal.PostAsync(
        $"/v2/payments/captures/{_capture}/refund", $$"""{ "amount": { "currency_code": "{{currency}}", "value": "{{value}}" } }""", requestId);
}
