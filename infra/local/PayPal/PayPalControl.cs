using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>What people and programs can make the sandbox do beside PayPal's own API; read it for the addresses.</summary>
internal sealed class PayPalControl(PayPalSandbox sandbox) : ISandboxControl
{
    public string Title => "PayPal sandbox";

    public object? List(string name) => name switch
    {
        "orders" => sandbox.Orders,
        "payments" => sandbox.Books,
        "captures" => sandbox.Captures,
        "refunds" => sandbox.Refunds,
        "reversals" => sandbox.Reversals,
        "disputes" => sandbox.Disputes,
        "webhook" => new { url = sandbox.WebhookUrl, ids = sandbox.WebhookIds, rootCertificate = sandbox.RootCertificate },
        _ => null,
    };

    public async Task<object?> ActAsync(string[] segments, ControlForm form)
    {
        switch (segments)
        {
            case ["orders", var id, "approve"]:
                return await sandbox.ApproveAsync(id, form.Choice<BuyerChoice>("choice", BuyerChoice.Approves), form.Text("email"), form.Text("name"));
            case ["orders", var id, "reverse-approval"]:
                await sandbox.ReverseApprovalAsync(id);
                return ControlApi.Done;
            case ["payments", var id, "settle"]:
                await sandbox.SettleCaptureAsync(id, form.Flag("succeeds") ?? true);
                return ControlApi.Done;
            case ["payments", var id, "refund"]:
                return new { refund = await sandbox.RefundAsync(id, form.Number("amount")) };
            case ["payments", var id, "dispute"]:
                return new { dispute = await OpenDisputeAsync(id, form) };
            case ["payments", var id, "reverse"]:
                await sandbox.ReverseCaptureAsync(id, form.Number("amount"));
                return ControlApi.Done;
            case ["refunds", var id, "settle"]:
                await sandbox.SettleRefundAsync(id, form.Flag("succeeds") ?? true);
                return ControlApi.Done;
            case ["disputes", var id, "review"]:
                await sandbox.ReviewDisputeAsync(id);
                return ControlApi.Done;
            case ["disputes", var id, "close"]:
                await sandbox.CloseDisputeAsync(
                    id, form.Choice<DisputeOutcome>("outcome", DisputeOutcome.Lost), form.Number("amount"), form.Flag("reverses") ?? false);
                return ControlApi.Done;
            case ["disputes", var id, "offer"]:
                await sandbox.OfferInDisputeAsync(id, form.Number("amount") ?? throw new FormatException("An offer needs an amount."));
                return ControlApi.Done;
            case ["tokens", "revoke"]:
                await sandbox.RevokeTokensAsync();
                return ControlApi.Done;
            default:
                return null;
        }
    }

    private Task<string> OpenDisputeAsync(string captureId, ControlForm form) => sandbox.OpenDisputeAsync(
        captureId, form.Text("reason") ?? "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", form.Number("amount"), form.Flag("inquiry") ?? false);

    public void Write(ControlPage page)
    {
        page.Table("Orders", ["Order at PayPal", "For order", "Total", "Status", ""], sandbox.Orders, OrderRow);
        var captured = sandbox.Books.Where(book => book.CaptureId is not null).ToList();
        var called = captured.ToDictionary(book => book.CaptureId!, Called);
        page.Table("Captures", ["Capture", "For order", "Status", "Charged", "Refunded", "Withdrawn", ""], captured, CaptureRow);
        page.Table("Refunds", ["Refund", "Of order", "Amount", "Status", ""], sandbox.Refunds, refund =>
        [
            ControlPage.Encode(refund.Id), called[refund.CaptureId], Amount(refund.Amount, refund.Currency), refund.Status,
            refund.Status switch
            {
                "PENDING" => ControlPage.Button($"/sandbox/refunds/{refund.Id}/settle", "Complete")
                    + ControlPage.Button($"/sandbox/refunds/{refund.Id}/settle", "Fail", ("succeeds", "false")),
                "COMPLETED" => ControlPage.Button($"/sandbox/refunds/{refund.Id}/settle", "Fail after all", ("succeeds", "false")),
                _ => "",
            },
        ]);
        page.Table("Disputes", ["Dispute", "Of order", "Amount", "Stage", "Status", ""], sandbox.Disputes, dispute =>
        [
            ControlPage.Encode(dispute.Id), called[dispute.CaptureId], Amount(dispute.Amount, dispute.Currency), dispute.Stage, dispute.Outcome ?? dispute.Status,
            dispute.Outcome is not null
                ? ""
                : ControlPage.Button($"/sandbox/disputes/{dispute.Id}/review", "Look into it")
                    + ControlPage.Button($"/sandbox/disputes/{dispute.Id}/close", "Shop wins", ("outcome", "won"))
                    + ControlPage.AmountButton($"/sandbox/disputes/{dispute.Id}/close", "Shop loses")
                    + ControlPage.AmountButton($"/sandbox/disputes/{dispute.Id}/offer", "Buyer accepts an offer"),
        ]);
    }

    /// <summary>The invoice id is the order's number, which people know; a further attempt's has a number behind it.</summary>
    private static string Called(OrderBook book) => ControlPage.Encode(book.InvoiceId ?? book.CustomId);

    private static string[] OrderRow(OrderSummary order) =>
    [
        order.ApprovalPage is null
            ? ControlPage.Encode(order.Id)
            : $"<a href=\"{ControlPage.Encode(order.ApprovalPage.PathAndQuery)}\">{ControlPage.Encode(order.Id)}</a>",
        ControlPage.Encode(order.InvoiceId ?? order.CustomId), Amount(order.Total, order.Currency), order.Status,
        (order.ApprovalPage is null ? "" : ControlPage.Button($"/sandbox/orders/{order.Id}/approve", "Approve"))
            + (order.Status == "APPROVED" ? ControlPage.Button($"/sandbox/orders/{order.Id}/reverse-approval", "Take the approval back") : ""),
    ];

    private static string[] CaptureRow(OrderBook book) =>
    [
        ControlPage.Encode(book.CaptureId), Called(book), ControlPage.Encode(book.CaptureStatus),
        Amount(book.Charged, book.Currency), Amount(book.Refunded, book.Currency), Amount(book.Withdrawn, book.Currency),
        book.CaptureStatus switch
        {
            "PENDING" => ControlPage.Button($"/sandbox/payments/{book.CaptureId}/settle", "Complete")
                + ControlPage.Button($"/sandbox/payments/{book.CaptureId}/settle", "Deny", ("succeeds", "false")),
            "DECLINED" => "",
            _ => ControlPage.AmountButton($"/sandbox/payments/{book.CaptureId}/refund", "Refund")
                + ControlPage.AmountButton($"/sandbox/payments/{book.CaptureId}/dispute", "Dispute")
                + ControlPage.Button($"/sandbox/payments/{book.CaptureId}/dispute", "Ask", ("inquiry", "true"))
                + ControlPage.AmountButton($"/sandbox/payments/{book.CaptureId}/reverse", "Reverse"),
        },
    ];

    private static string Amount(long minor, string currency) => Amounts.Format(Amounts.FromMinor(minor, currency), currency);
}
