using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.PayPal;

/// <summary>
/// Where the buyer approves: <c>GET /checkoutnow?token={order}</c>, and <c>POST</c> to the same address with <c>choice</c> =
/// <c>approve | approve-declined | approve-echeck | approve-bouncing | approve-and-leave | cancel</c> and optionally <c>email</c>,
/// <c>name</c> and, for what is declined, PayPal's <c>code</c> for why. Answers 303 to where the shop said, with <c>token</c> and <c>PayerID</c>; whoever leaves stays here.
/// </summary>
internal sealed class ApprovalPage(PayPalSandbox sandbox, PayPalBusiness business)
{
    public async Task ShowAsync(HttpContext context)
    {
        await sandbox.AdvanceAsync();
        var id = context.Request.Query["token"].ToString();
        var (status, html) = business.Account.Do(state => Show(state.Orders.GetValueOrDefault(id)));
        await Page.WriteAsync(context, status, html);
    }

    public async Task ActAsync(HttpContext context)
    {
        var id = context.Request.Query["token"].ToString();
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var chosen = form["choice"].ToString();
        BuyerChoice? choice = chosen switch
        {
            "approve" or "approve-and-leave" => BuyerChoice.Approves,
            "approve-declined" => BuyerChoice.ApprovesWithDeclinedCard,
            "approve-echeck" => BuyerChoice.ApprovesWithECheck,
            "approve-bouncing" => BuyerChoice.ApprovesWithBouncingECheck,
            _ => null,
        };
        if (chosen == "cancel")
        {
            await CancelAsync(context, id);
            return;
        }

        if (choice is null)
        {
            const string Choices = "<p>choice must be approve, approve-declined, approve-echeck, approve-bouncing, approve-and-leave or cancel.</p>";
            await Page.WriteAsync(context, 400, Page.Document("Unknown choice", Choices));
            return;
        }

        try
        {
            await sandbox.ApproveAsync(id, choice.Value, TextOrNull(form["email"].ToString()), TextOrNull(form["name"].ToString()), TextOrNull(form["code"].ToString()));
        }
        catch (InvalidOperationException e)
        {
            var known = business.Account.Do(state => state.Orders.ContainsKey(id));
            await Page.WriteAsync(
                context, known ? 409 : 404, Page.Document("Not possible", $"<p role=\"alert\">{WebUtility.HtmlEncode(e.Message)}</p>"));
            return;
        }

        await ReturnAsync(context, id, stays: chosen == "approve-and-leave");
    }

    private async Task ReturnAsync(HttpContext context, string id, bool stays)
    {
        // PayPal does not wait for the shop's webhook: whoever comes back may be faster than the event.
        var order = business.Account.Do(state => state.Orders[id]);
        if (stays || order.ReturnUrl is null)
            await Page.WriteAsync(context, 200, Page.Document("Approved", "<p>You have left without going back to the shop. It has been told.</p>"));
        else
            SeeOther(context, With(order.ReturnUrl, $"token={id}&PayerID={order.PayerId}"));
    }

    private async Task CancelAsync(HttpContext context, string id)
    {
        var order = business.Account.Do(state => state.Orders.GetValueOrDefault(id));
        if (order is null)
            await ShowAsync(context);
        else if (order.CancelUrl is null)
            await Page.WriteAsync(context, 200, Page.Document("Nothing was paid", "<p>The shop gave no address to go back to.</p>"));
        else
            SeeOther(context, With(order.CancelUrl, $"token={id}"));
    }

    private (int Status, string Html) Show(Order? order)
    {
        if (order is null)
            return (404, Page.Document("Unknown payment", "<p>There is no such order.</p>"));
        if (business.Orders.IsGone(order))
            return (410, Page.Document("This payment has expired", "<p>Go back to the shop to begin again.</p>"));
        if (!Orders.CanApprove(order))
            return (200, Page.Document("You have approved this payment", "<p>There is nothing more to do.</p>"));
        return (200, Page.Document($"Pay {Amounts.Format(order.Total, order.Currency)} with PayPal", Form(order), narrow: true));
    }

    private static string Form(Order order)
    {
        var html = new StringBuilder("<p>PayPal sandbox on this machine: no money moves.</p>");
        if (order is { Status: "APPROVED", Funding: Funding.DeclinedCard })
            html.Append("<p class=\"fault\" role=\"alert\">The card was declined. Nothing was paid; choose another way.</p>");
        html.Append($"<p>Order {Encode(order.InvoiceId ?? order.Id)} at {Encode(order.BrandName ?? "the shop")}</p>");
        html.Append("<form method=\"post\"><label for=\"email\">E-mail address</label>");
        html.Append($"<input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\" value=\"{Encode(order.PayerEmail ?? "")}\">");
        html.Append("<label for=\"name\">Name</label><input id=\"name\" name=\"name\" type=\"text\" autocomplete=\"name\"><p class=\"actions\">");
        html.Append(Button("approve", "Approve the payment")).Append(Button("approve-declined", "Approve with a card that is declined"));
        if (!order.ImmediateOnly)
            html.Append(Button("approve-echeck", "Bank transfer, paid later")).Append(Button("approve-bouncing", "Bank transfer that never arrives"));
        html.Append(Button("approve-and-leave", "Approve and close the window"));
        html.Append("<button class=\"quiet\" name=\"choice\" value=\"cancel\" formnovalidate>Cancel and go back to the shop</button></p></form>");
        return html.ToString();
    }

    /// <summary>In the query, before what the shop's own page may have behind a <c>#</c>.</summary>
    private static string With(string address, string query)
    {
        var end = address.IndexOf('#', StringComparison.Ordinal) is >= 0 and var fragment ? fragment : address.Length;
        var before = address[..end];
        return $"{before}{(before.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}{address[end..]}";
    }

    private static string Button(string choice, string label) => $"<button name=\"choice\" value=\"{choice}\">{label}</button>";

    private static string? TextOrNull(string text) => text.Length == 0 ? null : text;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static void SeeOther(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
    }
}
