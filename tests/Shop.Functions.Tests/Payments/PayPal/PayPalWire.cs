using System.Text.Json;
using System.Text.Json.Nodes;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>Events as PayPal words them (facts/payments.md §2.3), about the sample order.</summary>
internal static class PayPalWire
{
    public const string CaptureId = "0JF852973C016714D";

    public static string OrderId => Unpaid.Id;

    public static string Event(string type, object resource, string resourceType = "capture", string time = "2026-11-20T04:00:00.000-08:00") =>
        JsonSerializer.Serialize(new { id = "WH-58D329510W468432D-8HN650336L201105X", event_version = "1.0", create_time = time, resource_type = resourceType, event_type = type, resource });

    public static JsonObject Order(string status, string? reference = "1", string? invoice = null, string? custom = null, object? payments = null)
    {
        var unit = new JsonObject { ["custom_id"] = custom ?? OrderId, ["invoice_id"] = invoice ?? Unpaid.Number };
        if (reference is not null) unit["reference_id"] = reference;
        if (payments is not null) unit["payments"] = JsonSerializer.SerializeToNode(payments);
        return new()
        {
            ["id"] = "5O190127TN364715T",
            ["status"] = status,
            ["intent"] = "CAPTURE",
            ["purchase_units"] = new JsonArray(unit),
            ["payer"] = new JsonObject { ["email_address"] = "buyer@example.com", ["name"] = new JsonObject { ["given_name"] = "Zoë" } },
            ["create_time"] = "2026-11-20T11:59:00Z",
        };
    }

    public static object Capture(string? status = "COMPLETED", string? custom = null, string value = "120.00", string currency = "GBP", string? reason = null) => new
    {
        id = CaptureId,
        status,
        status_details = reason is null ? null : new { reason },
        amount = new { currency_code = currency, value },
        custom_id = custom ?? OrderId,
        invoice_id = Unpaid.Number,
        final_capture = true,
        supplementary_data = new { related_ids = new { order_id = "5O190127TN364715T" } },
        create_time = "2026-11-20T12:00:00Z",
        update_time = "2026-11-20T12:00:05Z",
        links = new[] { new { href = "https://api.paypal.com/v2/checkout/orders/5O190127TN364715T", rel = "up", method = "GET" } },
    };

    public static object Refund(string? status = "COMPLETED", string value = "5.00", string? custom = null, string? up = null, string? updated = null) => new
    {
        id = "1Y107995YT783435V",
        status,
        amount = new { currency_code = "GBP", value },
        custom_id = custom,
        seller_payable_breakdown = new { total_refunded_amount = new { currency_code = "GBP", value = "99.00" } },
        create_time = "2026-11-20T12:01:00Z",
        update_time = updated,
        links = new[]
        {
            new { href = "https://api.paypal.com/v2/payments/refunds/1Y107995YT783435V", rel = "self", method = "GET" },
            new { href = up ?? $"https://api.paypal.com/v2/payments/captures/{CaptureId}", rel = "up", method = "GET" },
        },
    };

    public static object Dispute(string status = "WAITING_FOR_SELLER_RESPONSE", string? outcome = null, string? refunded = null, string? custom = null, int transactions = 1, string stage = "CHARGEBACK", string value = "120.00") => new
    {
        dispute_id = "PP-R-NMW-10060847",
        create_time = "2026-11-20T03:30:00-08:00",
        status,
        reason = "UNAUTHORISED",
        dispute_amount = new { currency_code = "GBP", value },
        dispute_life_cycle_stage = stage,
        disputed_transactions = Enumerable.Repeat(new { seller_transaction_id = CaptureId, custom }, transactions),
        dispute_outcome = outcome is null ? null : new { outcome_code = outcome, amount_refunded = refunded is null ? null : new { currency_code = "GBP", value = refunded } },
    };
}
