using System.Text.Json;
using Newtonsoft.Json;
using PaypalServerSdk.Standard.Models;
using Shop.Functions.Orders.Settlements;
using JsonException = System.Text.Json.JsonException;
using Order = PaypalServerSdk.Standard.Models.Order;

namespace Shop.Functions.Payments.PayPal;

/// <summary>PayPal's events to ours. Pure: an event's text in, its meaning out.</summary>
public static class PayPalEvents
{
    private const int LongestName = 255;

    /// <param name="json">An event whose signature has been checked, or that PayPal's own API has given.</param>
    public static Translation Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return Unreadable("unknown", "unknown", "not_json");
        }
    }

    /// <param name="payload">An event, for instance one of a list of them.</param>
    public static Translation Read(JsonElement payload)
    {
        var (id, type) = (Name(payload, "id"), Name(payload, "event_type"));
        if (id is null || type is null) return Unreadable(id ?? "unknown", type ?? "unknown", "not_an_event");
        if (!IsOurs(type)) return new Translation.Ignored("type");
        try
        {
            var at = PayPalTranslation.Time(Text(payload, "create_time")) ?? throw new FormatException("The event has no time.");
            if (!payload.TryGetProperty("resource", out var resource) || resource.ValueKind != JsonValueKind.Object)
                return Unreadable(id, type, "no_resource");
            return Of(type, resource, id, at) is { } payment ? new Translation.Payment(payment) : new Translation.Ignored("not_ours");
        }
        catch (Exception exception) when (exception is FormatException or NotSupportedException or OverflowException or JsonSerializationException or JsonReaderException)
        {
            return Unreadable(id, type, "resource");
        }
    }

    /// <summary>A dispute as PayPal's own API gives it.</summary>
    public static Translation ReadDispute(string json, DateTimeOffset at)
    {
        const string Answer = "answer";
        using var document = JsonDocument.Parse(json);
        var id = Name(document.RootElement, "dispute_id") ?? "unknown";
        try
        {
            var since = PayPalTranslation.Time(Text(document.RootElement, "update_time")) ?? at;
            return new Translation.Payment(FromDispute(Answer, document.RootElement, id, since));
        }
        catch (Exception exception) when (exception is FormatException or NotSupportedException or OverflowException or JsonSerializationException or JsonReaderException)
        {
            return Unreadable(id, Answer, "dispute");
        }
    }

    private static bool IsOurs(string type) =>
        type is "CHECKOUT.ORDER.APPROVED" or "CHECKOUT.ORDER.COMPLETED" or "CHECKOUT.PAYMENT-APPROVAL.REVERSED"
            or "PAYMENT.CAPTURE.COMPLETED" or "PAYMENT.CAPTURE.PENDING" or "PAYMENT.CAPTURE.DENIED" or "PAYMENT.CAPTURE.DECLINED"
            or "PAYMENT.CAPTURE.REFUNDED" or "PAYMENT.CAPTURE.REVERSED" or "PAYMENT.REFUND.PENDING" or "PAYMENT.REFUND.FAILED"
            or "CUSTOMER.DISPUTE.CREATED" or "CUSTOMER.DISPUTE.UPDATED" or "CUSTOMER.DISPUTE.RESOLVED";

    /// <summary>Only this event says when the customer agreed to pay; an order that is asked about says no more than that it is so.</summary>
    private static PaymentEvent? Approved(PaymentEvent? payment, DateTimeOffset at) =>
        payment?.Checkout is { } checkout ? payment with { Checkout = checkout with { ApprovedAt = at } } : payment;

    private static PaymentEvent? Of(string type, JsonElement resource, string id, DateTimeOffset at) => type switch
    {
        "CHECKOUT.ORDER.APPROVED" => Approved(PayPalTranslation.FromOrder(Model<Order>(resource), id, type, at).FirstOrDefault(), at),
        "CHECKOUT.ORDER.COMPLETED" => PayPalTranslation.FromOrder(Model<Order>(resource), id, type, at).FirstOrDefault(),
        "CHECKOUT.PAYMENT-APPROVAL.REVERSED" => FromReversedApproval(resource, id, type, at),
        "PAYMENT.CAPTURE.COMPLETED" or "PAYMENT.CAPTURE.PENDING" => PayPalTranslation.FromCapture(Model<CapturedPayment>(resource), id, type, at),
        "PAYMENT.CAPTURE.DENIED" or "PAYMENT.CAPTURE.DECLINED" => FromDenied(Model<CapturedPayment>(resource), id, type, at),
        "PAYMENT.CAPTURE.REVERSED" => FromReversed(resource, id, type, at),
        "PAYMENT.CAPTURE.REFUNDED" or "PAYMENT.REFUND.PENDING" => PayPalTranslation.FromRefund(Model<Refund>(resource), null, id, type, at),
        "PAYMENT.REFUND.FAILED" => FromFailedRefund(Model<Refund>(resource), id, type, at),
        _ => FromDispute(type, resource, id, at),
    };

    /// <summary>The approval is undone before any money was asked for. The event may name the order in either way.</summary>
    private static PaymentEvent? FromReversedApproval(JsonElement resource, string id, string type, DateTimeOffset at)
    {
        var order = Model<Order>(resource);
        order.Id ??= Text(resource, "order_id");
        order.Status = OrderStatus.Voided;
        return PayPalTranslation.FromOrder(order, id, type, at).FirstOrDefault();
    }

    private static PaymentEvent? FromDenied(CapturedPayment capture, string id, string type, DateTimeOffset at)
    {
        capture.Status = CaptureStatus.Declined;
        return PayPalTranslation.FromCapture(capture, id, type, at);
    }

    private static PaymentEvent? FromFailedRefund(Refund refund, string id, string type, DateTimeOffset at)
    {
        refund.Status = RefundStatus.Failed;
        return PayPalTranslation.FromRefund(refund, null, id, type, at);
    }

    /// <summary>
    /// PayPal has taken money of a capture back, often only a part of it. Told by an object of its own in the shape of a refund,
    /// or by the capture itself, which tells an amount only when all of it is gone.
    /// </summary>
    private static PaymentEvent? FromReversed(JsonElement resource, string id, string type, DateTimeOffset at)
    {
        var shape = Model<Refund>(resource);
        var orderId = PayPalTranslation.OrderIdOf(shape.CustomId);
        if (PayPalTranslation.CaptureIdOf(shape.Links) is { } captureId)
            return PayPalTranslation.About(id, type, orderId, PayPalTranslation.FactOf(FactKind.Reversal, shape.Id, captureId, shape.Amount, FactStatus.Completed, at));
        if (orderId is null) return null;
        if (Text(resource, "status") is not ("REFUNDED" or "REVERSED")) throw new FormatException("The capture does not say how much of it was taken back.");
        return PayPalTranslation.About(id, type, orderId, PayPalTranslation.FactOf(FactKind.Capture, shape.Id, null, shape.Amount, FactStatus.Reversed, at));
    }

    private static PaymentEvent FromDispute(string type, JsonElement resource, string id, DateTimeOffset at)
    {
        var transactions = resource.TryGetProperty("disputed_transactions", out var list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        // About several payments at once, of several orders perhaps: a person sorts that out.
        if (transactions != 1) throw new FormatException("The dispute is not about one payment.");
        var transaction = list[0];
        var captureId = Text(transaction, "seller_transaction_id") ?? throw new FormatException("The dispute names no payment.");

        var closed = type == "CUSTOMER.DISPUTE.RESOLVED" || Text(resource, "status") == "RESOLVED";
        var outcome = resource.TryGetProperty("dispute_outcome", out var told) && told.ValueKind == JsonValueKind.Object ? told : default;
        var status = closed ? OutcomeOf(outcome.ValueKind == JsonValueKind.Object ? Text(outcome, "outcome_code") : null)
            : Text(resource, "dispute_life_cycle_stage") == "INQUIRY" ? FactStatus.Inquiry
            : FactStatus.Open;
        var amount = status == FactStatus.Lost && AmountOf(outcome, "amount_refunded") is { } refunded ? refunded : AmountOf(resource, "dispute_amount");
        var fact = PayPalTranslation.FactOf(FactKind.Dispute, Text(resource, "dispute_id"), captureId, amount, status, at) with
        {
            // What the buyer got of a dispute includes what the shop has refunded meanwhile.
            SettledByRefundsSince = PayPalTranslation.Time(Text(resource, "create_time")),
            SettledByRefundsUntil = status == FactStatus.Lost ? at : null,
        };
        return PayPalTranslation.About(id, type, PayPalTranslation.OrderIdOf(Text(transaction, "custom")), fact);
    }

    /// <exception cref="FormatException">The outcome is not known here: a person must see what became of the money.</exception>
    private static FactStatus OutcomeOf(string? code) => code switch
    {
        "RESOLVED_BUYER_FAVOUR" or "ACCEPTED" => FactStatus.Lost,
        // With a payout it is PayPal that pays; with NONE another dispute goes on about the same payment.
        "RESOLVED_SELLER_FAVOUR" or "RESOLVED_WITH_PAYOUT" or "CANCELED_BY_BUYER" or "DENIED" or "NONE" => FactStatus.Won,
        _ => throw new FormatException("The dispute's outcome is not known here."),
    };

    private static PaypalServerSdk.Standard.Models.Money? AmountOf(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object
            ? Model<PaypalServerSdk.Standard.Models.Money>(value)
            : null;

    /// <summary>By the library's own models, which know its words and take new ones without failing.</summary>
    private static T Model<T>(JsonElement element) =>
        JsonConvert.DeserializeObject<T>(element.GetRawText()) ?? throw new FormatException("An object is needed here.");

    private static string? Text(JsonElement owner, string member)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(member, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which JSON can escape and text cannot hold.
            return null;
        }
    }

    private static string? Name(JsonElement owner, string member) => Text(owner, member) is { Length: > 0 and <= LongestName } text ? text : null;

    private static Translation.Unreadable Unreadable(string id, string type, string reason) => new(new UnreadableEvent(Providers.PayPal, id, type, reason));
}
