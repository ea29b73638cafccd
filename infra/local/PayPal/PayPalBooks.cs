namespace Shop.Local.PayPal;

/// <summary>
/// What one order came to, for checks that the shop's books agree. Amounts are in ISO 4217's minor units: <c>Charged</c> is what
/// was captured (0 while pending or after it was declined), <c>Refunded</c> the refunds that were completed,
/// <c>RefundsPending</c> those under way, <c>Withdrawn</c> what disputes and reversals took and did not bring back.
/// </summary>
public sealed record OrderBook(
    string PayPalOrderId, string? CaptureId, string? CustomId, string? InvoiceId, string Status, string? CaptureStatus, string Currency,
    long Total, long Charged, long Refunded, long RefundsPending, long Withdrawn)
{
    internal static OrderBook Of(PayPalState state, Order order)
    {
        long Minor(decimal amount) => Amounts.ToMinor(amount, order.Currency);
        var capture = order.CaptureId is null ? null : state.Captures.Look(order.CaptureId);
        long Sum(string status) => Minor(state.Refunds.Values.Where(r => r.CaptureId == capture?.Id && r.Status == status).Sum(r => r.Amount));
        var isCharged = capture is not null && capture.Status is not ("PENDING" or "DECLINED");
        var withdrawn = capture is null ? 0 : Captures.Withdrawn(state, capture);
        // While PayPal decides it holds what is asked for; an inquiry takes nothing.
        var held = state.Disputes.Values.Where(d => d.CaptureId == capture?.Id && d.Outcome is null && d.Stage != "INQUIRY").Sum(d => d.Amount);
        var left = capture is null ? 0 : capture.Amount - RenderPayment.Refunded(state, capture) - withdrawn;
        return new OrderBook(
            order.Id, capture?.Id, order.CustomId, order.InvoiceId, order.Status, capture?.Status, order.Currency, Minor(order.Total),
            isCharged ? Minor(capture!.Amount) : 0, Sum("COMPLETED"), Sum("PENDING"), Minor(withdrawn + Math.Min(held, left)));
    }
}

/// <summary>An order as people and tests look at it. <c>Total</c> is in ISO 4217's minor units; <c>ApprovalPage</c> is null once there is nothing to approve.</summary>
public sealed record OrderSummary(
    string Id, string Status, string? CustomId, string? InvoiceId, long Total, string Currency, string? CaptureId, Uri? ApprovalPage);

/// <summary>A capture as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units.</summary>
public sealed record CaptureSummary(string Id, string OrderId, long Amount, string Currency, string Status, string? Reason);

/// <summary>A refund as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units.</summary>
public sealed record RefundOfCapture(string Id, string CaptureId, long Amount, string Currency, string Status);

/// <summary>What PayPal took back by itself, as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units.</summary>
public sealed record ReversalOfCapture(string Id, string CaptureId, long Amount, string Currency);

/// <summary>A dispute as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units: what was asked for, or what the buyer got of it.</summary>
public sealed record DisputeOfCapture(string Id, string CaptureId, long Amount, string Currency, string Status, string Stage, string? Outcome, string Reason)
{
    internal static DisputeOfCapture Of(Dispute dispute) => new(
        dispute.Id, dispute.CaptureId, Amounts.ToMinor(dispute.Given > 0 ? dispute.Given : dispute.Amount, dispute.Currency), dispute.Currency,
        dispute.Status, dispute.Stage, dispute.Outcome, dispute.Reason);
}
