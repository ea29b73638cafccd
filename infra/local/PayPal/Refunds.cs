using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Refunds: asked for by API or in the dashboard; done at once, or pending as to a bank account.</summary>
internal sealed class Refunds(PayPalAccount account, Captures captures, SandboxFaults faults)
{
    private static readonly long TimeLimit = (long)TimeSpan.FromDays(180).TotalSeconds;

    public Refund Create(string captureId, Body body)
    {
        var capture = captures.Find(captureId);
        var left = captures.Left(capture);
        string? currency = null;
        var amount = body.Object("amount")?.Amount(ref currency);
        Check(capture, amount, currency, left);
        var invoiceId = body.Text("invoice_id", 127);
        if (invoiceId is not null && account.State.Refunds.Values.Any(refund => refund.InvoiceId == invoiceId))
            throw ApiError.Unprocessable("DUPLICATE_INVOICE_ID", "Requested invoice number has been previously used.", "/invoice_id", invoiceId);
        return Make(capture, amount ?? left, body.Text("custom_id", 127), invoiceId, body.Text("note_to_payer", 255));
    }

    /// <summary>What the buyer has agreed to in a case: there PayPal refunds a part as well.</summary>
    public Refund Offer(Capture capture, decimal amount) => Make(capture, amount, null, null, "An offer that was accepted");

    private Refund Make(Capture capture, decimal amount, string? customId, string? invoiceId, string? note)
    {
        var isPending = faults.Take(ApiFaultKind.RefundPending) is not null;
        var refund = new Refund
        {
            Id = account.NextNumber(),
            Created = account.Now,
            Updated = account.Now,
            CaptureId = capture.Id,
            Currency = capture.Currency,
            Amount = amount,
            CustomId = customId ?? capture.CustomId,
            InvoiceId = invoiceId,
            NoteToPayer = note,
            Status = isPending ? "PENDING" : "COMPLETED",
            SettlesAt = isPending ? account.Now + (long)Math.Ceiling(account.Options.RefundSettles.TotalSeconds) : null,
        };
        account.State.Refunds.Add(refund.Id, refund);
        captures.Restate(capture);
        account.Raise(isPending ? "PAYMENT.REFUND.PENDING" : "PAYMENT.CAPTURE.REFUNDED", Show(refund));
        return refund;
    }

    /// <summary>Ends a refund. One that was completed may still fail, when the bank sends it back.</summary>
    public void Settle(string id, bool succeeds)
    {
        var refund = Find(id);
        if (refund.Status == "FAILED" || (refund.Status == "COMPLETED" && succeeds))
            throw ApiError.Unprocessable("REFUND_NOT_PENDING", $"This refund is {refund.Status} already.");
        refund.Status = succeeds ? "COMPLETED" : "FAILED";
        refund.Updated = account.Now;
        captures.Restate(captures.Find(refund.CaptureId));
        account.Raise(succeeds ? "PAYMENT.CAPTURE.REFUNDED" : "PAYMENT.REFUND.FAILED", Show(refund));
    }

    public void SettleDue()
    {
        foreach (var refund in account.State.Refunds.Take(r => r.Status == "PENDING" && r.SettlesAt <= account.Now))
            Settle(refund.Id, succeeds: true);
    }

    public Refund Find(string id) => account.State.Refunds.GetValueOrDefault(id) ?? throw ApiError.Missing();

    public JsonObject Show(Refund refund) => RenderPayment.Refund(account.State, refund);

    private void Check(Capture capture, decimal? amount, string? currency, decimal left)
    {
        if (capture.Status == "PENDING")
            throw ApiError.Unprocessable("PENDING_CAPTURE", "Cannot initiate a refund as the capture is pending.");
        if (capture.Status == "DECLINED")
            throw ApiError.Unprocessable("REFUND_NOT_ALLOWED", "The capture was declined: there is nothing to refund.");
        if ((left == 0 && Captures.Withdrawn(account.State, capture) > 0) || DisputesOf(capture).Any(dispute => dispute.Outcome == "RESOLVED_BUYER_FAVOUR"))
            throw ApiError.Unprocessable("REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK", "Refunds not allowed on this capture due to a chargeback on the card or bank.");
        if (left == 0)
            throw ApiError.Unprocessable("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded.");
        if (capture.Created + TimeLimit < account.Now)
            throw ApiError.Unprocessable("REFUND_TIME_LIMIT_EXCEEDED", "You are over the time limit to perform a refund on this capture.");
        if (currency is not null && currency != capture.Currency)
            throw ApiError.Unprocessable("REFUND_CAPTURE_CURRENCY_MISMATCH", "Refund must be in the currency of the capture.", "/amount/currency_code", currency);
        if (amount <= 0)
            throw ApiError.Unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero.", "/amount/value");
        if (amount > left)
            throw ApiError.Unprocessable("REFUND_AMOUNT_EXCEEDED", "The refund is more than what is left of the capture.", "/amount/value");
        if (amount < left && DisputesOf(capture).Any(dispute => dispute.Status != "RESOLVED"))
            throw ApiError.Unprocessable("TRANSACTION_DISPUTED", "Partial refunds cannot be offered while there is an open case.");
    }

    private IEnumerable<Dispute> DisputesOf(Capture capture) => account.State.Disputes.Values.Where(dispute => dispute.CaptureId == capture.Id);
}
