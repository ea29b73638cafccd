using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>What people and programs can make the sandbox do beside Stripe's own API; read it for the addresses.</summary>
internal sealed class StripeControl(StripeSandbox sandbox) : ISandboxControl
{
    public string Title => "Stripe sandbox";

    public object? List(string name) => name switch
    {
        "sessions" => sandbox.Sessions,
        "payments" => sandbox.Books,
        "refunds" => sandbox.Refunds,
        "disputes" => sandbox.Disputes,
        "webhook" => new { url = sandbox.WebhookUrl, secrets = sandbox.WebhookSecrets.Count },
        _ => null,
    };

    public async Task<object?> ActAsync(string[] segments, ControlForm form)
    {
        switch (segments)
        {
            case ["sessions", var id, "pay"]:
                return await sandbox.PayAsync(
                    id, form.Choice<PaymentOutcome>("outcome", PaymentOutcome.Succeeds), form.Text("email"), form.Text("name"), form.Number("total"));
            case ["sessions", var id, "settle"]:
                await sandbox.SettlePaymentAsync(id, form.Flag("succeeds"));
                return ControlApi.Done;
            case ["sessions", var id, "expire"]:
                await sandbox.ExpireSessionAsync(id);
                return ControlApi.Done;
            case ["payments", var id, "refund"]:
                return new { refund = await sandbox.RefundAsync(id, form.Number("amount")) };
            case ["payments", var id, "dispute"]:
                return new { dispute = await OpenDisputeAsync(id, form) };
            case ["refunds", var id, "settle"]:
                await sandbox.SettleRefundAsync(id, form.Flag("succeeds") ?? true);
                return ControlApi.Done;
            case ["disputes", var id, "escalate"]:
                await sandbox.EscalateDisputeAsync(id);
                return ControlApi.Done;
            case ["disputes", var id, "close"]:
                await sandbox.CloseDisputeAsync(id, form.Choice<DisputeOutcome>("outcome", DisputeOutcome.Lost));
                return ControlApi.Done;
            default:
                return null;
        }
    }

    private Task<string> OpenDisputeAsync(string paymentIntentId, ControlForm form) => sandbox.OpenDisputeAsync(
        paymentIntentId, form.Text("reason") ?? "fraudulent", form.Number("amount"), form.Choice<DisputeKind>("kind", DisputeKind.Chargeback));

    public void Write(ControlPage page)
    {
        var books = sandbox.Books;
        var called = books.ToDictionary(book => book.PaymentIntentId, Called);
        page.Table("Checkout sessions", ["Session", "For", "Total", "Status", ""], sandbox.Sessions, SessionRow);
        page.Table("Payments", ["Payment intent", "For", "Status", "Charged", "Refunded", "Withdrawn", ""], books, book =>
        [
            ControlPage.Encode(book.PaymentIntentId), Called(book), book.Status,
            Currencies.Format(book.Charged, book.Currency), Currencies.Format(book.Refunded, book.Currency), Currencies.Format(book.Withdrawn, book.Currency),
            book.Charged == 0
                ? ""
                : ControlPage.AmountButton($"/sandbox/payments/{book.PaymentIntentId}/refund", "Refund")
                    + ControlPage.AmountButton($"/sandbox/payments/{book.PaymentIntentId}/dispute", "Dispute")
                    + ControlPage.Button($"/sandbox/payments/{book.PaymentIntentId}/dispute", "Inquire", ("kind", "inquiry"))
                    + ControlPage.Button($"/sandbox/payments/{book.PaymentIntentId}/dispute", "Prevent by a rule", ("kind", "resolution")),
        ]);
        page.Table("Refunds", ["Refund", "Of", "Amount", "Status", ""], sandbox.Refunds, refund =>
        [
            ControlPage.Encode(refund.Id), called[refund.PaymentIntentId], Currencies.Format(refund.Amount, refund.Currency), refund.Status,
            refund.Status switch
            {
                "pending" => ControlPage.Button($"/sandbox/refunds/{refund.Id}/settle", "Succeed")
                    + ControlPage.Button($"/sandbox/refunds/{refund.Id}/settle", "Fail", ("succeeds", "false")),
                "succeeded" => ControlPage.Button($"/sandbox/refunds/{refund.Id}/settle", "Fail after all", ("succeeds", "false")),
                _ => "",
            },
        ]);
        page.Table("Disputes", ["Dispute", "Of", "Amount", "Status", ""], sandbox.Disputes, dispute =>
        [
            ControlPage.Encode(dispute.Id), called[dispute.PaymentIntentId], Currencies.Format(dispute.Amount, dispute.Currency), dispute.Status,
            dispute.Status switch
            {
                "warning_needs_response" => ControlPage.Button($"/sandbox/disputes/{dispute.Id}/close", "Close", ("outcome", "won"))
                    + ControlPage.Button($"/sandbox/disputes/{dispute.Id}/escalate", "Take the money"),
                "needs_response" => ControlPage.Button($"/sandbox/disputes/{dispute.Id}/close", "Shop wins", ("outcome", "won"))
                    + ControlPage.Button($"/sandbox/disputes/{dispute.Id}/close", "Shop loses", ("outcome", "lost")),
                _ => "",
            },
        ]);
    }

    private static string Called(PaymentBook book) => ControlPage.Encode(book.Description ?? book.ClientReferenceId);

    private static string[] SessionRow(SessionSummary session) =>
    [
        session.Url is null
            ? ControlPage.Encode(ControlPage.Short(session.Id))
            : $"<a href=\"{ControlPage.Encode(session.Url.PathAndQuery)}\">{ControlPage.Encode(ControlPage.Short(session.Id))}</a>",
        ControlPage.Encode(session.Description ?? session.ClientReferenceId),
        Currencies.Format(session.AmountTotal, session.Currency),
        $"{session.Status}, {session.PaymentStatus}",
        session switch
        {
            { Status: "open" } => ControlPage.AmountButton($"/sandbox/sessions/{session.Id}/pay", "Pay", "total")
                + ControlPage.Button($"/sandbox/sessions/{session.Id}/expire", "Expire"),
            { Status: "complete", PaymentStatus: "unpaid" } =>
                ControlPage.Button($"/sandbox/sessions/{session.Id}/settle", "Settle: paid", ("succeeds", "true"))
                + ControlPage.Button($"/sandbox/sessions/{session.Id}/settle", "Settle: bounced", ("succeeds", "false")),
            _ => "",
        },
    ];
}
