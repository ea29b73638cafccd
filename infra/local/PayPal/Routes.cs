using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>The API's paths and what answers each; read it for what the sandbox can do.</summary>
internal sealed class Routes(PayPalBusiness business, PayPalWebhookFormat format)
{
    private static readonly TimeSpan OrderIdsAreKept = TimeSpan.FromHours(6);
    private static readonly TimeSpan RefundIdsAreKept = TimeSpan.FromDays(45);

    /// <summary>Answers one request; called with the account's lock held.</summary>
    /// <exception cref="ApiError">It is refused.</exception>
    public Result Answer(ApiRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["v2", "checkout", "orders"]) => CreateOrder(request),
        ("GET", ["v2", "checkout", "orders", var id]) => new(200, business.Orders.Show(business.Orders.Find(id))),
        ("POST", ["v2", "checkout", "orders", var id, "capture"]) => Capture(id, request),
        ("GET", ["v2", "payments", "captures", var id]) => new(200, business.Captures.Show(business.Captures.Find(id))),
        ("POST", ["v2", "payments", "captures", var id, "refund"]) => Refund(id, request),
        ("GET", ["v2", "payments", "refunds", var id]) => new(200, business.Refunds.Show(business.Refunds.Find(id))),
        ("GET", ["v1", "customer", "disputes"]) => new(200, business.Disputes.List(request.Query)),
        ("GET", ["v1", "customer", "disputes", var id]) => new(200, business.Disputes.Show(business.Disputes.Find(id))),
        ("POST", ["v1", "notifications", "verify-webhook-signature"]) => Verify(request),
        ("GET", ["v1", "notifications", "webhooks-events"]) => new(200, EventList.Page(business.Account.Events.Values, request.Query)),
        ("GET", ["v1", "notifications", "webhooks-events", var id]) => new(200, RenderEvent.Event(FindEvent(id))),
        ("POST", ["v1", "notifications", "webhooks-events", var id, "resend"]) => Resend(FindEvent(id)),
        ("PATCH", ["v2", "checkout", "orders", _]) => throw ApiError.Unsupported("changes of an order"),
        ("POST", ["v2", "checkout", "orders", _, _]) => throw ApiError.Unsupported("this with an order"),
        _ => throw ApiError.Missing(),
    };

    /// <summary>How that stands by now which a request with the same id made.</summary>
    public Result Replay(ApiRequest request, string madeId) => new(200, request.Segments switch
    {
        ["v2", "payments", ..] => business.Refunds.Show(business.Refunds.Find(madeId)),
        _ => business.Orders.Show(business.Orders.Find(madeId)),
    });

    /// <summary>How long a request id is remembered.</summary>
    public static TimeSpan IdIsKept(ApiRequest request) => request.Segments is ["v2", "payments", ..] ? RefundIdsAreKept : OrderIdsAreKept;

    private Result CreateOrder(ApiRequest request)
    {
        var body = Body.Parse(request.Text);
        if (body.Has("payment_source") && request.RequestId is null)
            throw ApiError.Invalid("PAYPAL_REQUEST_ID_REQUIRED", "A PayPal-Request-Id is required if you are trying to process payment for an Order.");
        var order = business.Orders.Create(body);
        return new Result(order.HasSource ? 200 : 201, business.Orders.Show(order), order.Id);
    }

    private Result Capture(string id, ApiRequest request)
    {
        if (Body.Parse(request.Text).Has("payment_source"))
            throw ApiError.Unsupported("a source of payment at the capture", "/payment_source");
        var order = business.Captures.Capture(id);
        return new Result(201, business.Orders.Show(order), order.Id);
    }

    private Result Refund(string id, ApiRequest request)
    {
        var refund = business.Refunds.Create(id, Body.Parse(request.Text));
        return new Result(201, business.Refunds.Show(refund), refund.Id);
    }

    private Result Verify(ApiRequest request)
    {
        var transmission = Body.Parse(request.Text);
        if (!transmission.Has("webhook_event"))
            throw transmission.Missing("webhook_event");
        // As it stands in the request: PayPal, too, finds that something re-serialised is not what it sent.
        using var document = JsonDocument.Parse(request.Text);
        var text = document.RootElement.GetProperty("webhook_event").GetRawText();
        return new Result(200, new JsonObject { ["verification_status"] = format.Verify(transmission, text) ? "SUCCESS" : "FAILURE" });
    }

    private Result Resend(SandboxEvent raised)
    {
        business.Account.DeliverAgain(raised);
        return new Result(202, RenderEvent.Event(raised));
    }

    private SandboxEvent FindEvent(string id) => business.Account.Events.TryGetValue(id, out var raised) ? raised : throw ApiError.Missing();
}
