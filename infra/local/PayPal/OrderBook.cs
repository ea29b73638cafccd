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
