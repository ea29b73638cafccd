using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>The page at <c>/</c>: sessions, payments and deliveries, with buttons for what buyers, banks and staff can do.</summary>
internal static class ControlPage
{
    private const int Shown = 25;

    public static async Task WriteAsync(HttpContext context, StripeSandbox sandbox)
    {
        await sandbox.AdvanceAsync();
        var html = new StringBuilder();
        html.Append($"<p>Webhook: {Encode(sandbox.WebhookUrl?.ToString() ?? "none set; events wait")}. ");
        html.Append(Button("/sandbox/deliver", "Deliver what waits")).Append("</p>");
        Sessions(html, sandbox);
        Payments(html, sandbox);
        Refunds(html, sandbox);
        Disputes(html, sandbox);
        Events(html, sandbox);
        Deliveries(html, sandbox);
        Faults(html, sandbox);
        await Page.WriteAsync(context, 200, Page.Document("Stripe sandbox", html.ToString()));
    }

    private static void Sessions(StringBuilder html, StripeSandbox sandbox) => Table(
        html, "Checkout sessions", ["Session", "Order", "Total", "Status", ""], sandbox.Sessions, session =>
        [
            session.Url is null
                ? Encode(Short(session.Id))
                : $"<a href=\"{Encode(session.Url.PathAndQuery)}\">{Encode(Short(session.Id))}</a>",
            Encode(session.ClientReferenceId ?? ""),
            Currencies.Format(session.AmountTotal, session.Currency),
            $"{session.Status}, {session.PaymentStatus}",
            session switch
            {
                { Status: "open" } => Button($"/sandbox/sessions/{session.Id}/pay", "Pay")
                    + Button($"/sandbox/sessions/{session.Id}/expire", "Expire"),
                { Status: "complete", PaymentStatus: "unpaid" } =>
                    Button($"/sandbox/sessions/{session.Id}/settle", "Settle: paid", ("succeeds", "true"))
                    + Button($"/sandbox/sessions/{session.Id}/settle", "Settle: bounced", ("succeeds", "false")),
                _ => "",
            },
        ]);

    private static void Payments(StringBuilder html, StripeSandbox sandbox) => Table(
        html, "Payments", ["Payment intent", "Order", "Status", "Charged", "Refunded", ""], sandbox.Books, book =>
        [
            Encode(book.PaymentIntentId),
            Encode(book.ClientReferenceId ?? ""),
            book.Status,
            Currencies.Format(book.Charged, book.Currency),
            Currencies.Format(book.Refunded, book.Currency),
            book.Charged == 0
                ? ""
                : Button($"/sandbox/payments/{book.PaymentIntentId}/refund", "Refund the rest")
                    + Button($"/sandbox/payments/{book.PaymentIntentId}/dispute", "Open a dispute"),
        ]);

    private static void Refunds(StringBuilder html, StripeSandbox sandbox) => Table(
        html, "Refunds", ["Refund", "Payment intent", "Amount", "Status", ""], sandbox.Refunds, refund =>
        [
            Encode(refund.Id), Encode(refund.PaymentIntentId), Currencies.Format(refund.Amount, refund.Currency), refund.Status,
            refund.Status switch
            {
                "pending" => Button($"/sandbox/refunds/{refund.Id}/settle", "Succeed")
                    + Button($"/sandbox/refunds/{refund.Id}/settle", "Fail", ("succeeds", "false")),
                "succeeded" => Button($"/sandbox/refunds/{refund.Id}/settle", "Fail after all", ("succeeds", "false")),
                _ => "",
            },
        ]);

    private static void Disputes(StringBuilder html, StripeSandbox sandbox) => Table(
        html, "Disputes", ["Dispute", "Payment intent", "Amount", "Status", ""], sandbox.Disputes, dispute =>
        [
            Encode(dispute.Id), Encode(dispute.PaymentIntentId), Currencies.Format(dispute.Amount, dispute.Currency), dispute.Status,
            dispute.Status != "needs_response"
                ? ""
                : Button($"/sandbox/disputes/{dispute.Id}/close", "Shop wins", ("outcome", "won"))
                    + Button($"/sandbox/disputes/{dispute.Id}/close", "Shop loses", ("outcome", "lost")),
        ]);

    private static void Events(StringBuilder html, StripeSandbox sandbox) => Table(
        html, "Events", ["Event", "Type", "About", "Delivery", "Attempts", ""], sandbox.Events, raised =>
        [
            Encode(raised.Id), Encode(raised.Type), Encode(Short(raised.ObjectId)), raised.Delivery.ToString().ToLowerInvariant(),
            $"{raised.Attempts}", Button($"/sandbox/events/{raised.Id}/deliver", "Send (again)"),
        ]);

    private static void Deliveries(StringBuilder html, StripeSandbox sandbox) => Table(
        html, "Deliveries", ["At", "Event", "Attempt", "Answer", "Faults"], sandbox.Deliveries, delivery =>
        [
            $"{delivery.At:HH:mm:ss}", Encode(delivery.EventType), $"{delivery.Attempt}",
            Encode(delivery.Status is { } status ? $"{status}" : delivery.Error ?? ""), string.Join(", ", delivery.Faults),
        ]);

    private static void Faults(StringBuilder html, StripeSandbox sandbox)
    {
        html.Append("<h2>Make the next one go wrong</h2><p>");
        foreach (var kind in Enum.GetNames<WebhookFaultKind>())
            html.Append(Button("/sandbox/faults/webhook", $"Webhook: {kind}", ("kind", kind)));
        html.Append("</p><p>");
        foreach (var kind in Enum.GetNames<ApiFaultKind>())
            html.Append(Button("/sandbox/faults/api", $"API: {kind}", ("kind", kind)));
        html.Append("</p>");
        var waiting = sandbox.Faults.Webhook.Select(fault => $"{fault.Kind} × {fault.Times}")
            .Concat(sandbox.Faults.Api.Select(fault => $"{fault.Kind} × {fault.Times}")).ToList();
        var list = waiting.Count == 0 ? "nothing" : string.Join(", ", waiting);
        html.Append($"<p>Waiting: {list}. {Button("/sandbox/faults/clear", "Clear")}</p>");
    }

    private static void Table<T>(StringBuilder html, string caption, string[] heads, IReadOnlyList<T> oldestFirst, Func<T, string[]> cells)
    {
        html.Append($"<table><caption>{caption} ({oldestFirst.Count})</caption><thead><tr>");
        foreach (var head in heads)
            html.Append(head.Length == 0 ? "<td></td>" : $"<th scope=\"col\">{head}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var item in oldestFirst.Reverse().Take(Shown))
            html.Append("<tr>").AppendJoin("", cells(item).Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        html.Append("</tbody></table>");
    }

    private static string Button(string action, string label, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var html = new StringBuilder($"<form class=\"inline\" method=\"post\" action=\"{action}\">");
        foreach (var (name, value) in fields)
            html.Append($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        return html.Append($"<button>{label}</button></form>").ToString();
    }

    private static string Short(string id) => id.Length > 32 ? $"{id[..20]}…{id[^6..]}" : id;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
