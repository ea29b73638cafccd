using PaypalServerSdk.Standard.Models;
using static Shop.Packages.Tests.PayPal.PayPalTransport;

namespace Shop.Packages.Tests.PayPal;

public sealed class PayPalModelTests
{
    [Fact]
    public async Task A_captured_order_is_read_with_its_payments()
    {
        var order = await Order(
            """
            {"id":"5O1","intent":"CAPTURE","status":"COMPLETED","unheard_of":{"a":1},
             "payment_source":{"paypal":{"email_address":"ada@example.com","account_id":"QYR5Z8","account_status":"VERIFIED","name":{"given_name":"Ada","surname":"L"}}},
             "payer":{"email_address":"ada@example.com","payer_id":"QYR5Z8","name":{"given_name":"Ada","surname":"L"}},
             "purchase_units":[{"reference_id":"default","custom_id":"o1","invoice_id":"SF-1",
               "amount":{"currency_code":"GBP","value":"12.00","breakdown":{"item_total":{"currency_code":"GBP","value":"12.00"}}},
               "items":[{"name":"Rack","quantity":"1","unit_amount":{"currency_code":"GBP","value":"12.00"}}],
               "payments":{
                 "captures":[{"id":"2GG","status":"PENDING","status_details":{"reason":"ECHECK"},"final_capture":true,"custom_id":"o1",
                   "amount":{"currency_code":"GBP","value":"12.00"},"seller_protection":{"status":"ELIGIBLE","dispute_categories":["ITEM_NOT_RECEIVED"]},
                   "seller_receivable_breakdown":{"gross_amount":{"currency_code":"GBP","value":"12.00"},"paypal_fee":{"currency_code":"GBP","value":"0.65"},"net_amount":{"currency_code":"GBP","value":"11.35"}},
                   "links":[{"href":"https://api-m.paypal.com/v2/payments/captures/2GG","rel":"self","method":"GET"}],
                   "create_time":"2026-11-22T10:00:00Z","update_time":"2026-11-22T10:00:00+01:00"}],
                 "refunds":[{"id":"1JU","status":"COMPLETED","amount":{"currency_code":"GBP","value":"2.00"}}]}}],
             "create_time":"2026-11-22T09:59:59Z","update_time":"2026-11-22T10:00:00Z",
             "links":[{"href":"https://www.paypal.com/checkoutnow?token=5O1","rel":"payer-action","method":"GET"}]}
            """);

        order.Status.ShouldBe(OrderStatus.Completed);
        order.Intent.ShouldBe(CheckoutPaymentIntent.Capture);
        order.Payer.PayerId.ShouldBe("QYR5Z8");
        order.PaymentSource.Paypal.AccountStatus.ShouldBe(PaypalWalletAccountVerificationStatus.Verified);
        order.Links.ShouldHaveSingleItem().Rel.ShouldBe("payer-action");
        order.CreateTime.ShouldBe("2026-11-22T09:59:59Z");
        var unit = order.PurchaseUnits.ShouldHaveSingleItem();
        (unit.ReferenceId, unit.CustomId, unit.InvoiceId).ShouldBe(("default", "o1", "SF-1"));
        unit.Amount.Breakdown.ItemTotal.MValue.ShouldBe("12.00");
        unit.Items.ShouldHaveSingleItem().Quantity.ShouldBe("1");
        unit.Payments.Refunds.ShouldHaveSingleItem().Status.ShouldBe(RefundStatus.Completed);
        var capture = unit.Payments.Captures.ShouldHaveSingleItem();
        capture.Status.ShouldBe(CaptureStatus.Pending);
        capture.StatusDetails.Reason.ShouldBe(CaptureIncompleteReason.Echeck);
        capture.FinalCapture.ShouldBe(true);
        (capture.Amount.CurrencyCode, capture.Amount.MValue).ShouldBe(("GBP", "12.00"));
        capture.SellerReceivableBreakdown.PaypalFee.MValue.ShouldBe("0.65");
        capture.SellerProtection.DisputeCategories.ShouldBe([DisputeCategory.ItemNotReceived]);
        capture.UpdateTime.ShouldBe("2026-11-22T10:00:00+01:00");
        capture.Links.ShouldHaveSingleItem().Method.ShouldBe(LinkHttpMethod.Get);
    }

    [Fact]
    public async Task What_a_minimal_answer_leaves_out_is_null()
    {
        var order = await Order("""{"id":"5O1","status":null}""");

        order.Status.ShouldBeNull();
        order.PurchaseUnits.ShouldBeNull();
        order.Links.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"SOMETHING_NEW\"")]
    [InlineData("3")]
    public async Task A_status_that_is_new_reads_as_unknown(string status) =>
        (await Order($$"""{"id":"5O1","status":{{status}}}""")).Status.ShouldBe(OrderStatus._Unknown);

    [Fact]
    public async Task A_capture_by_itself_names_its_order()
    {
        var transport = new PayPalTransport(Answer(
            """
            {"id":"2GG","status":"PARTIALLY_REFUNDED","amount":{"currency_code":"GBP","value":"12.00"},"invoice_id":"SF-1","custom_id":"o1",
             "supplementary_data":{"related_ids":{"order_id":"5O1"}},"payee":{"merchant_id":"M1"}}
            """));

        var capture = (await transport.Client().PaymentsController.GetCapturedPaymentAsync(new GetCapturedPaymentInput { CaptureId = "2GG" }, Stop)).Data;

        capture.Status.ShouldBe(CaptureStatus.PartiallyRefunded);
        capture.SupplementaryData.RelatedIds.OrderId.ShouldBe("5O1");
        capture.SupplementaryData.RelatedIds.CaptureId.ShouldBeNull();
        capture.Payee.MerchantId.ShouldBe("M1");
    }

    [Fact]
    public async Task A_refund_is_read_with_what_has_been_sent_back_in_all()
    {
        var transport = new PayPalTransport(Answer(
            """
            {"id":"1JU","status":"PENDING","status_details":{"reason":"ECHECK"},"amount":{"currency_code":"GBP","value":"2.00"},"note_to_payer":"Sorry",
             "seller_payable_breakdown":{"gross_amount":{"currency_code":"GBP","value":"2.00"},"total_refunded_amount":{"currency_code":"GBP","value":"5.00"}},
             "links":[{"href":"https://api-m.paypal.com/v2/payments/captures/2GG","rel":"up","method":"SOON"}]}
            """,
            201));

        var answer = await transport.Client().PaymentsController.RefundCapturedPaymentAsync(new RefundCapturedPaymentInput { CaptureId = "2GG" }, Stop);

        answer.StatusCode.ShouldBe(201);
        answer.Data.Status.ShouldBe(RefundStatus.Pending);
        answer.Data.StatusDetails.Reason.ShouldBe(RefundIncompleteReason.Echeck);
        answer.Data.SellerPayableBreakdown.TotalRefundedAmount.MValue.ShouldBe("5.00");
        answer.Data.Links.ShouldHaveSingleItem().Method.ShouldBe(LinkHttpMethod._Unknown);
    }

    [Fact]
    public async Task A_success_without_a_body_has_no_data() => (await Order("")).ShouldBeNull();

    private static async Task<Order> Order(string json) =>
        (await new PayPalTransport(Answer(json)).Client().OrdersController.GetOrderAsync(new GetOrderInput { Id = "5O1" })).Data;
}
