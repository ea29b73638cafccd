using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>The <c>expand</c> parameter: ids replaced by the objects behind them, up to four levels deep.</summary>
internal sealed class Expansion(StripeAccount account, Checkout checkout, Payments payments)
{
    private const int MaximumDepth = 4;

    private static readonly HashSet<string> Expandable =
    [
        "application", "application_fee", "balance_transaction", "charge", "customer", "failure_balance_transaction", "invoice",
        "latest_charge", "line_items", "on_behalf_of", "payment_intent", "payment_link", "payment_method", "refunds", "review",
        "setup_intent", "subscription",
    ];

    /// <summary>Refuses what no object has, so that a call is refused before it does anything.</summary>
    public static void Check(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var steps = path.Split('.');
            if (steps.Length > MaximumDepth)
                throw ApiError.Invalid($"You cannot expand more than {MaximumDepth} levels of a property.", "expand");
            if (!steps.All(step => step == "data" || Expandable.Contains(step)))
                throw NotExpandable(path);
        }
    }

    public void Apply(JsonObject answer, IEnumerable<string> paths)
    {
        foreach (var path in paths)
            Apply(answer, path.Split('.'), path);
    }

    private void Apply(JsonObject owner, ReadOnlySpan<string> steps, string path)
    {
        if (steps.IsEmpty)
            return;
        if (steps[0] == "data" && owner["data"] is JsonArray list)
        {
            foreach (var item in list)
                Apply((JsonObject)item!, steps[1..], path);
            return;
        }

        if (owner[steps[0]] is not JsonObject)
            Replace(owner, steps[0], path);
        if (owner[steps[0]] is JsonObject next)
            Apply(next, steps[1..], path);
    }

    private void Replace(JsonObject owner, string field, string path)
    {
        var kind = (string?)owner["object"];
        var id = owner[field] is JsonValue value ? (string?)value : null;
        owner[field] = (kind, field) switch
        {
            ("checkout.session", "line_items") => LineItems((string)owner["id"]!),
            ("checkout.session" or "refund" or "charge" or "dispute", "payment_intent") =>
                id is null ? null : payments.Show(payments.Find(id)),
            ("payment_intent", "latest_charge") => id is null ? null : RenderPayment.Charge(payments.FindCharge(id)),
            ("refund" or "dispute", "charge") => RenderPayment.Charge(payments.FindCharge(id!)),
            ("charge", "refunds") => RefundsOf((string)owner["id"]!),
            (_, _) when id is null && Expandable.Contains(field) && owner.ContainsKey(field) => null,
            _ => throw NotExpandable(path),
        };
    }

    private static ApiError NotExpandable(string path) => ApiError.Invalid($"This property cannot be expanded ({path}).", "expand");

    private JsonObject LineItems(string sessionId)
    {
        var session = checkout.Find(sessionId);
        var lines = session.LineItems.Select(line => RenderCheckout.LineItem(line, session.Currency));
        return List(lines, $"/v1/checkout/sessions/{sessionId}/line_items");
    }

    private JsonObject RefundsOf(string chargeId) => List(
        account.State.Refunds.Values.Where(refund => refund.ChargeId == chargeId).Reverse().Select(Render.Refund),
        $"/v1/charges/{chargeId}/refunds");

    private static JsonObject List(IEnumerable<JsonObject> data, string url) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. data]),
        ["has_more"] = false,
        ["url"] = url,
    };
}
