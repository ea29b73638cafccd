using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>
/// The hosted payment page: <c>GET /c/pay/{session}</c>, and <c>POST</c> to the same address with <c>outcome</c> =
/// <c>pay | decline | pay-later | fail-later | back</c> and optionally <c>email</c> and <c>name</c>. Answers 303 to where the
/// shop said; a declined card comes back to the page.
/// </summary>
internal sealed class PaymentPage(StripeSandbox sandbox, StripeAccount account, Webhooks webhooks)
{
    // Stripe, too, waits about this long for the shop's webhook before it sends the buyer back.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public async Task ShowAsync(HttpContext context)
    {
        await sandbox.AdvanceAsync();
        var id = (string)context.GetRouteValue("id")!;
        var declined = context.Request.Query.ContainsKey("declined");
        var (status, html) = account.Do(state => Show(state.Sessions.GetValueOrDefault(id), declined));
        await Page.WriteAsync(context, status, html);
    }

    public async Task ActAsync(HttpContext context)
    {
        var id = (string)context.GetRouteValue("id")!;
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var chosen = form["outcome"].ToString();
        if (chosen == "back")
        {
            await GoBackAsync(context, id);
            return;
        }

        PaymentOutcome? outcome = chosen switch
        {
            "pay" => PaymentOutcome.Succeeds,
            "decline" => PaymentOutcome.Declined,
            "pay-later" => PaymentOutcome.SucceedsLater,
            "fail-later" => PaymentOutcome.FailsLater,
            _ => null,
        };
        if (outcome is null)
        {
            var choices = Page.Document("Unknown outcome", "<p>outcome must be pay, decline, pay-later, fail-later or back.</p>");
            await Page.WriteAsync(context, 400, choices);
            return;
        }

        try
        {
            await sandbox.PayAsync(id, outcome.Value, TextOrNull(form["email"].ToString()), TextOrNull(form["name"].ToString()));
        }
        catch (InvalidOperationException e)
        {
            var known = account.Do(state => state.Sessions.ContainsKey(id));
            await Page.WriteAsync(
                context, known ? 409 : 404, Page.Document("Not possible", $"<p role=\"alert\">{WebUtility.HtmlEncode(e.Message)}</p>"));
            return;
        }

        if (outcome == PaymentOutcome.Declined)
            SeeOther(context, $"/c/pay/{id}?declined");
        else
            await ReturnAsync(context, id);
    }

    private async Task ReturnAsync(HttpContext context, string id)
    {
        var (success, completed) = account.Do(state => (
            state.Sessions[id].SuccessUrl,
            state.Events.Values.Last(e => e.Type == "checkout.session.completed" && (string?)e.Object["id"] == id).Id));
        if (account.Options.Mode == SandboxMode.Automatic)
        {
            var wait = Task.Delay(LongestWait, account.Options.TimeProvider, context.RequestAborted);
            await Task.WhenAny(webhooks.FirstAttemptAsync(completed), wait);
        }

        SeeOther(context, success.Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal));
    }

    private async Task GoBackAsync(HttpContext context, string id)
    {
        var session = account.Do(state => state.Sessions.GetValueOrDefault(id));
        if (session is null)
            await ShowAsync(context);
        else if (session.CancelUrl is null)
            await Page.WriteAsync(context, 200, Page.Document("Nothing was paid", "<p>The shop gave no address to go back to.</p>"));
        else
            SeeOther(context, session.CancelUrl.Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal));
    }

    private static (int Status, string Html) Show(CheckoutSession? session, bool declined) => session switch
    {
        null => (404, Page.Document("Unknown payment", "<p>There is no such checkout session.</p>")),
        { Status: "expired" } => (410, Page.Document("This payment has expired", "<p>Go back to the shop to begin again.</p>")),
        { Status: "complete" } => (200, Page.Document("This payment is complete", "<p>There is nothing more to do.</p>")),
        _ => (200, Page.Document($"Pay {Currencies.Format(session.AmountTotal, session.Currency)}", Body(session, declined))),
    };

    private static string Body(CheckoutSession session, bool declined)
    {
        var html = new StringBuilder("<p>Stripe sandbox on this machine: no money moves.</p>");
        if (declined)
            html.Append("<p class=\"fault\" role=\"alert\">The card was declined. Nothing was paid; try again.</p>");
        Lines(html, session);
        html.Append("<form method=\"post\"><label for=\"email\">E-mail address</label>");
        var email = Encode(session.CustomerEmail ?? "");
        html.Append($"<input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\" value=\"{email}\">");
        html.Append("<label for=\"name\">Name on card</label><input id=\"name\" name=\"name\" type=\"text\" autocomplete=\"cc-name\">");
        html.Append("<p class=\"actions\">");
        if (session.PaymentMethodTypes.Contains("card"))
            html.Append(Button("pay", "Pay by card")).Append(Button("decline", "Pay with a card that is declined"));
        if (session.PaymentMethodTypes.Contains("bacs_debit"))
            html.Append(Button("pay-later", "Bank debit, paid later")).Append(Button("fail-later", "Bank debit that bounces later"));
        html.Append("<button class=\"quiet\" name=\"outcome\" value=\"back\" formnovalidate>Go back to the shop</button></p></form>");
        return html.ToString();
    }

    private static void Lines(StringBuilder html, CheckoutSession session)
    {
        html.Append("<table><caption>Your order</caption><thead><tr>");
        foreach (var head in (string[])["Item", "Quantity", "Amount"])
            html.Append($"<th scope=\"col\">{head}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var line in session.LineItems)
        {
            var amount = Currencies.Format(line.Amount, session.Currency);
            html.Append($"<tr><td>{Encode(line.Name)}</td><td>{line.Quantity}</td><td>{amount}</td></tr>");
        }

        var total = Currencies.Format(session.AmountTotal, session.Currency);
        html.Append($"</tbody><tfoot><tr><th scope=\"row\" colspan=\"2\">Total</th><td>{total}</td></tr></tfoot></table>");
    }

    private static string Button(string outcome, string label) => $"<button name=\"outcome\" value=\"{outcome}\">{label}</button>";

    private static string? TextOrNull(string text) => text.Length == 0 ? null : text;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static void SeeOther(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
    }
}
