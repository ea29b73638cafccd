using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Captures: the moment at which money moves, or is on its way, or does not come.</summary>
internal sealed class Captures(PayPalAccount account, Orders orders, SandboxFaults faults)
{
    public Order Capture(string orderId)
    {
        var order = orders.Find(orderId);
        if (order.Status == "COMPLETED")
            throw ApiError.Unprocessable("ORDER_ALREADY_CAPTURED", "Order already captured. Only one capture per order is allowed.");
        if (order.Status != "APPROVED")
            throw ApiError.Unprocessable("ORDER_NOT_APPROVED", "Payer has not yet approved the Order for payment.");
        if (order.InvoiceId is not null && account.State.Captures.Values.Any(c => c.InvoiceId == order.InvoiceId && c.Status != "DECLINED"))
            throw ApiError.Unprocessable("DUPLICATE_INVOICE_ID", "The account requires that an invoice id be unique for each transaction.");
        var refused = faults.Take(ApiFaultKind.InstrumentDeclined);
        if (order.Funding == Funding.DeclinedCard || refused is not null)
        {
            order.Funding = Funding.DeclinedCard;
            throw ApiError.Unprocessable(
                refused?.Code ?? order.DeclineCode ?? "INSTRUMENT_DECLINED", "The instrument presented was either declined by the processor or bank, or it can't be used for this payment.",
                redirect: orders.PageOf(order).ToString());
        }

        Complete(order, isPending: order.Funding is Funding.ECheck or Funding.BouncingECheck || faults.Take(ApiFaultKind.CapturePending) is not null);
        return order;
    }

    /// <summary>Ends a pending capture: the bank transfer arrives, or does not.</summary>
    public void Settle(string id, bool succeeds)
    {
        var capture = Find(id);
        if (capture.Status != "PENDING")
            throw ApiError.Unprocessable("CAPTURE_NOT_PENDING", $"This capture is {capture.Status} already.");
        capture.Status = succeeds ? "COMPLETED" : "DECLINED";
        capture.Reason = null;
        capture.Updated = account.Now;
        account.Raise(succeeds ? "PAYMENT.CAPTURE.COMPLETED" : "PAYMENT.CAPTURE.DENIED", Show(capture));
    }

    public void SettleDue()
    {
        foreach (var capture in account.State.Captures.Take(c => c.Status == "PENDING" && c.SettlesAt <= account.Now))
            Settle(capture.Id, succeeds: !capture.WillFail);
    }

    /// <summary>PayPal takes back what is left, or a part of it, for instance for a chargeback.</summary>
    public void Reverse(string id, decimal? amount)
    {
        var capture = Find(id);
        var left = Left(capture);
        if (capture.Status is not ("COMPLETED" or "PARTIALLY_REFUNDED") || left == 0)
            throw ApiError.Unprocessable("CAPTURE_NOT_COMPLETED", $"This capture is {capture.Status}: there is nothing to take back.");
        if (amount <= 0 || amount > left)
            throw ApiError.Unprocessable("REVERSAL_AMOUNT", "What is left is taken back, or a part of it.");
        var reversal = new Reversal(account.NextNumber(), capture.Id, amount ?? left, account.Now);
        account.State.Reversals.Add(reversal.Id, reversal);
        Restate(capture);
        account.Raise("PAYMENT.CAPTURE.REVERSED", RenderPayment.Reversal(account.State, capture, reversal));
    }

    /// <summary>A capture's status follows what is left of it.</summary>
    public void Restate(Capture capture)
    {
        var left = Left(capture);
        capture.Status = left == capture.Amount ? "COMPLETED" : left == 0 ? "REFUNDED" : "PARTIALLY_REFUNDED";
        capture.Updated = account.Now;
    }

    public Capture Find(string id) => account.State.Captures.GetValueOrDefault(id) ?? throw ApiError.Missing();

    public JsonObject Show(Capture capture) => RenderPayment.Capture(account.State, capture, full: true);

    /// <summary>What refunds, under way or done, and PayPal itself have left of it.</summary>
    public decimal Left(Capture capture) => capture.Amount - RenderPayment.Refunded(account.State, capture) - Withdrawn(account.State, capture);

    /// <summary>What PayPal took of it for good.</summary>
    public static decimal Withdrawn(PayPalState state, Capture capture) =>
        state.Reversals.Values.Where(reversal => reversal.CaptureId == capture.Id).Sum(reversal => reversal.Amount)
        + state.Disputes.Values.Where(dispute => dispute.CaptureId == capture.Id).Sum(dispute => dispute.Taken);

    private void Complete(Order order, bool isPending)
    {
        var capture = new Capture
        {
            Id = account.NextNumber(),
            Created = account.Now,
            Updated = account.Now,
            OrderId = order.Id,
            Currency = order.Currency,
            Amount = order.Total,
            CustomId = order.CustomId,
            InvoiceId = order.InvoiceId,
            Status = isPending ? "PENDING" : "COMPLETED",
            Reason = isPending ? "ECHECK" : null,
            WillFail = order.Funding == Funding.BouncingECheck,
            SettlesAt = isPending ? account.Now + (long)Math.Ceiling(account.Options.CaptureSettles.TotalSeconds) : null,
        };
        account.State.Captures.Add(capture.Id, capture);
        order.CaptureId = capture.Id;
        order.Status = "COMPLETED";
        order.Updated = account.Now;
        account.Raise(isPending ? "PAYMENT.CAPTURE.PENDING" : "PAYMENT.CAPTURE.COMPLETED", Show(capture));
        account.Raise("CHECKOUT.ORDER.COMPLETED", orders.Show(order));
    }
}
