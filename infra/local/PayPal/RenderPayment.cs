using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>Captures, refunds and disputes as the API and its events show them.</summary>
internal static class RenderPayment
{
    private static readonly long TimeToAnswer = (long)TimeSpan.FromDays(10).TotalSeconds;

    /// <param name="full">As the resource by itself; inside an order it does not name the order.</param>
    public static JsonObject Capture(PayPalState state, Capture capture, bool full)
    {
        var json = new JsonObject { ["id"] = capture.Id, ["status"] = capture.Status };
        if (capture.Reason is not null)
            json["status_details"] = new JsonObject { ["reason"] = capture.Reason };
        json["amount"] = Amounts.Json(capture.Amount, capture.Currency);
        json["final_capture"] = true;
        json["seller_protection"] = new JsonObject
        {
            ["status"] = "ELIGIBLE",
            ["dispute_categories"] = new JsonArray("ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"),
        };
        if (capture.Status is not ("PENDING" or "DECLINED"))
            json["seller_receivable_breakdown"] = Breakdown(capture.Amount, capture.Currency);
        if (capture.InvoiceId is not null)
            json["invoice_id"] = capture.InvoiceId;
        if (capture.CustomId is not null)
            json["custom_id"] = capture.CustomId;
        if (full)
            json["supplementary_data"] = new JsonObject { ["related_ids"] = new JsonObject { ["order_id"] = capture.OrderId } };
        json["create_time"] = RenderOrder.Time(capture.Created);
        json["update_time"] = RenderOrder.Time(capture.Updated);
        json["links"] = new JsonArray(
            Links.Get($"/v2/payments/captures/{capture.Id}", "self"),
            Links.Post($"/v2/payments/captures/{capture.Id}/refund", "refund"),
            Links.Get($"/v2/checkout/orders/{capture.OrderId}", "up"));
        return json;
    }

    public static JsonObject Refund(PayPalState state, Refund refund)
    {
        var capture = state.Captures[refund.CaptureId];
        var json = new JsonObject { ["id"] = refund.Id, ["amount"] = Amounts.Json(refund.Amount, refund.Currency) };
        if (refund.NoteToPayer is not null)
            json["note_to_payer"] = refund.NoteToPayer;
        json["seller_payable_breakdown"] = Payable(refund.Amount, Refunded(state, capture), refund.Currency);
        if (refund.InvoiceId is not null)
            json["invoice_id"] = refund.InvoiceId;
        if (refund.CustomId is not null)
            json["custom_id"] = refund.CustomId;
        json["status"] = refund.Status;
        if (refund.Status == "PENDING")
            json["status_details"] = new JsonObject { ["reason"] = "ECHECK" };
        json["create_time"] = RenderOrder.Time(refund.Created);
        json["update_time"] = RenderOrder.Time(refund.Updated);
        json["links"] = new JsonArray(
            Links.Get($"/v2/payments/refunds/{refund.Id}", "self"), Links.Get($"/v2/payments/captures/{refund.CaptureId}", "up"));
        return json;
    }

    /// <summary>What PayPal took back, in the shape of a refund that nobody asked for.</summary>
    public static JsonObject Reversal(PayPalState state, Capture capture, Reversal reversal) => new()
    {
        ["id"] = reversal.Id,
        ["amount"] = Amounts.Json(reversal.Amount, capture.Currency),
        ["note_to_payer"] = "Payment reversed",
        ["seller_payable_breakdown"] = Payable(reversal.Amount, Refunded(state, capture) + Captures.Withdrawn(state, capture), capture.Currency),
        ["invoice_id"] = capture.InvoiceId,
        ["custom_id"] = capture.CustomId,
        ["status"] = "COMPLETED",
        ["create_time"] = RenderOrder.Time(reversal.Created),
        ["update_time"] = RenderOrder.Time(reversal.Created),
        ["links"] = new JsonArray(
            Links.Get($"/v2/payments/refunds/{reversal.Id}", "self"), Links.Get($"/v2/payments/captures/{capture.Id}", "up")),
    };

    public static JsonObject Dispute(Dispute dispute, Capture capture, PayPalState state)
    {
        var json = new JsonObject
        {
            ["dispute_id"] = dispute.Id,
            ["create_time"] = RenderOrder.Time(dispute.Created),
            ["update_time"] = RenderOrder.Time(dispute.Updated),
            ["disputed_transactions"] = new JsonArray(Transaction(capture, state)),
            ["reason"] = dispute.Reason,
            ["status"] = dispute.Status,
            ["dispute_amount"] = Amounts.Json(dispute.Amount, dispute.Currency),
            ["dispute_life_cycle_stage"] = dispute.Stage,
            ["dispute_channel"] = "INTERNAL",
            ["seller_response_due_date"] = RenderOrder.Time(dispute.Created + TimeToAnswer),
            ["extensions"] = new JsonObject(),
        };
        if (dispute.Outcome is not null)
            json["dispute_outcome"] = new JsonObject { ["outcome_code"] = dispute.Outcome, ["amount_refunded"] = Amounts.Json(dispute.Given, dispute.Currency) };

        json["links"] = new JsonArray(Links.Get($"/v1/customer/disputes/{dispute.Id}", "self"));
        return json;
    }

    /// <summary>The refunds of a capture that are done or under way.</summary>
    public static decimal Refunded(PayPalState state, Capture capture) => state.Refunds.Values
        .Where(refund => refund.CaptureId == capture.Id && refund.Status != "FAILED")
        .Sum(refund => refund.Amount);

    private static JsonObject Transaction(Capture capture, PayPalState state)
    {
        var transaction = new JsonObject
        {
            ["seller_transaction_id"] = capture.Id,
            ["create_time"] = RenderOrder.Time(capture.Created),
            ["transaction_status"] = "COMPLETED",
            ["gross_amount"] = Amounts.Json(capture.Amount, capture.Currency),
        };
        if (capture.InvoiceId is not null)
            transaction["invoice_number"] = capture.InvoiceId;
        if (capture.CustomId is not null)
            transaction["custom"] = capture.CustomId;
        transaction["buyer"] = new JsonObject { ["name"] = state.Orders[capture.OrderId].PayerName };
        transaction["seller"] = new JsonObject { ["merchant_id"] = PayPalAccount.MerchantId, ["name"] = "Shop" };
        return transaction;
    }

    private static JsonObject Breakdown(decimal gross, string currency)
    {
        var fee = Math.Round(gross * 0.029m, Amounts.Decimals(currency), MidpointRounding.AwayFromZero);
        return new JsonObject
        {
            ["gross_amount"] = Amounts.Json(gross, currency),
            ["paypal_fee"] = Amounts.Json(fee, currency),
            ["net_amount"] = Amounts.Json(gross - fee, currency),
        };
    }

    private static JsonObject Payable(decimal gross, decimal total, string currency) => new()
    {
        ["gross_amount"] = Amounts.Json(gross, currency),
        ["paypal_fee"] = Amounts.Json(0, currency),
        ["net_amount"] = Amounts.Json(gross, currency),
        ["total_refunded_amount"] = Amounts.Json(total, currency),
    };
}
