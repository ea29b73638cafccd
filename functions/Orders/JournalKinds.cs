using System.Text.Json;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders;

/// <summary>The kinds of a journal's entries: a fixed word for each step, and for what the ledger learns a word made of the fact.</summary>
public static class JournalKinds
{
    public const string Placed = "placed";
    public const string PaymentStarted = "payment_started";
    public const string CheckoutExpired = "checkout_expired";
    public const string CaptureDeclined = "capture_declined";
    public const string Expired = "expired";
    public const string Cancelled = "cancelled";
    public const string RefundRequested = "refund_requested";
    public const string RefundWithdrawn = "refund_withdrawn";
    public const string ReviewResolved = "review_resolved";
    public const string Shipped = "shipped";
    public const string Delivered = "delivered";
    public const string ShipmentCorrected = "shipment_corrected";
    public const string ShipmentVoided = "shipment_voided";
    public const string RemainderClosed = "remainder_closed";
    public const string DisputeReopened = "dispute_reopened";

    /// <returns>What the journal calls a fact that has come to this status, for instance <c>capture_completed</c>.</returns>
    public static string Of(FactKind kind, FactStatus status) => $"{kind}_{status}".ToLowerInvariant();

    /// <returns>What the journal calls it that a parcel has come to this status, for instance <c>shipment_in_transit</c>.</returns>
    public static string Of(ShipmentStatus status) =>
        status == ShipmentStatus.Delivered ? Delivered : $"shipment_{JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString())}";
}
