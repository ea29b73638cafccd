using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>The API's paths and what answers each; read it for what the sandbox can do.</summary>
internal sealed class Routes(
    StripeAccount account, Checkout checkout, Payments payments, Refunds refunds, Disputes disputes, Expansion expansion)
{
    private static readonly long EventsAreKept = (long)TimeSpan.FromDays(30).TotalSeconds;

    /// <summary>Answers one request; called with the account's lock held.</summary>
    /// <exception cref="ApiError">It is refused.</exception>
    public JsonObject Answer(string method, string path, Parameter parameters, Cause cause)
    {
        var segments = path.Trim('/').Split('/');
        var expand = parameters.Texts("expand");
        Expansion.Check(expand);
        if (segments is [.., "expire" or "cancel" or "close"])
            parameters.RefuseUnknown();
        var answer = segments is ["v1", .. var rest] ? Answer(method, path, rest, parameters, cause) : null;
        if (answer is null)
            throw new ApiError(404, "invalid_request_error", $"Unrecognized request URL ({method}: {path}).");
        parameters.RefuseUnknown();
        expansion.Apply(answer, expand);
        return answer;
    }

    private JsonObject? Answer(string method, string path, string[] segments, Parameter form, Cause cause) => (method, segments) switch
    {
        ("POST", ["checkout", "sessions"]) => checkout.Show(checkout.Create(form)),
        ("GET", ["checkout", "sessions"]) => ListSessions(path, form),
        ("GET", ["checkout", "sessions", var id]) => checkout.Show(checkout.Find(id)),
        ("POST", ["checkout", "sessions", var id]) => checkout.Show(checkout.Update(id, form)),
        ("POST", ["checkout", "sessions", var id, "expire"]) => checkout.Show(checkout.Expire(id, cause)),
        ("GET", ["checkout", "sessions", var id, "line_items"]) => ListLineItems(path, checkout.Find(id), form),
        ("GET", ["payment_intents"]) => Listing.Page(path, form, account.State.PaymentIntents.Values, payments.Show),
        ("GET", ["payment_intents", var id]) => payments.Show(payments.Find(id)),
        ("GET", ["charges"]) => ListCharges(path, form),
        ("GET", ["charges", var id]) => RenderPayment.Charge(payments.FindCharge(id)),
        ("POST", ["refunds"]) => Render.Refund(refunds.Create(form, cause)),
        ("GET", ["refunds"]) => ListRefunds(path, form),
        ("GET", ["refunds", var id]) => Render.Refund(refunds.Find(id)),
        ("POST", ["refunds", var id]) => Render.Refund(refunds.Update(id, form, cause)),
        ("POST", ["refunds", var id, "cancel"]) => Render.Refund(refunds.Cancel(id)),
        ("GET", ["disputes"]) => ListDisputes(path, form),
        ("GET", ["disputes", var id]) => Render.Dispute(disputes.Find(id)),
        ("POST", ["disputes", var id, "close"]) => Render.Dispute(disputes.Close(id, DisputeOutcome.Lost, cause)),
        ("GET", ["events"]) => ListEvents(path, form),
        ("GET", ["events", var id]) => Show(account.State.Events.GetValueOrDefault(id) ?? throw ApiError.Missing("event", id, "id")),
        _ => null,
    };

    private JsonObject ListSessions(string path, Parameter query)
    {
        var intent = query.Text("payment_intent");
        var status = query.OneOf("status", "open", "complete", "expired");
        var email = query.Object("customer_details")?.Text("email");
        var sessions = account.State.Sessions.Values.Where(session =>
            (intent is null || session.PaymentIntentId == intent)
            && (status is null || session.Status == status)
            && (email is null || (session.PayerEmail ?? session.CustomerEmail) == email));
        return Listing.Page(path, query, sessions, checkout.Show);
    }

    private static JsonObject ListLineItems(string path, CheckoutSession session, Parameter query)
    {
        // Lines are numbered, not dated: in order, unlike every other list.
        var limit = (int)Math.Clamp(query.Integer("limit") ?? 10, 1, 100);
        var after = query.Text("starting_after");
        var start = after is null ? 0 : session.LineItems.FindIndex(line => line.Id == after) + 1;
        var page = session.LineItems.Skip(start).Take(limit).Select(line => RenderCheckout.LineItem(line, session.Currency));
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page]),
            ["has_more"] = session.LineItems.Count > start + limit,
            ["url"] = path,
        };
    }

    private JsonObject ListCharges(string path, Parameter query)
    {
        var intent = query.Text("payment_intent");
        var matching = account.State.Charges.Values.Where(charge => intent is null || charge.PaymentIntentId == intent);
        return Listing.Page(path, query, matching, RenderPayment.Charge);
    }

    private JsonObject ListRefunds(string path, Parameter query)
    {
        var intent = query.Text("payment_intent");
        var charge = query.Text("charge");
        var matching = account.State.Refunds.Values.Where(refund =>
            (intent is null || refund.PaymentIntentId == intent) && (charge is null || refund.ChargeId == charge));
        return Listing.Page(path, query, matching, Render.Refund);
    }

    private JsonObject ListDisputes(string path, Parameter query)
    {
        var intent = query.Text("payment_intent");
        var charge = query.Text("charge");
        var matching = account.State.Disputes.Values.Where(dispute =>
            (intent is null || dispute.PaymentIntentId == intent) && (charge is null || dispute.ChargeId == charge));
        return Listing.Page(path, query, matching, Render.Dispute);
    }

    private JsonObject ListEvents(string path, Parameter query)
    {
        var type = query.Text("type");
        var types = query.Texts("types");
        if (type is not null && types.Count > 0)
            throw ApiError.Invalid("Give type or types, not both.", "types");
        if (types.Count > 20)
            throw ApiError.Invalid("There can be at most 20 types.", "types");
        var delivered = query.Flag("delivery_success");
        var oldest = account.Now - EventsAreKept;
        var matching = account.State.Events.Values.Where(e =>
            e.Created >= oldest
            && (type is null || Matches(type, e.Type))
            && (types.Count == 0 || types.Contains(e.Type))
            && (delivered is null || delivered == (e.Delivery == EventDelivery.Delivered)));
        return Listing.Page(path, query, matching, Show);
    }

    private static bool Matches(string pattern, string type) =>
        pattern.EndsWith('*') ? type.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == type;

    private static JsonObject Show(SandboxEvent raised) =>
        Render.Event(raised, StripeAccount.ApiVersion, raised.Delivery == EventDelivery.Delivered ? 0 : 1);
}
