using System.Globalization;
using System.Text.Json;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Stripe;
using Stripe.Checkout;

namespace Shop.Functions.Payments.Stripe;

/// <summary>Stripe's words to ours. Pure: the event's text in, its meaning out.</summary>
public static class StripeTranslation
{
    public const string OrderIdKey = "order_id";
    public const string AttemptKey = "attempt";

    /// <summary>On a refund that this shop asked for: what it answers.</summary>
    public const string ReferenceKey = "refund_reference";

    /// <param name="json">An event whose signature has been checked.</param>
    /// <param name="live">Whether this deployment moves real money.</param>
    public static Translation Read(string json, bool live)
    {
        Event payload;
        try
        {
            // The version is checked here: the library's own check fails with a null reference when there is none.
            payload = EventUtility.ParseEvent(json, throwOnApiVersionMismatch: false);
        }
        catch (Exception exception)
        {
            // Whatever the library cannot parse has no common type of failure. None of it may be lost: it is genuine.
            return Unreadable(json, exception is ArgumentException ? "other_kind_of_event" : "not_an_event");
        }

        if (!IsReadable(payload.ApiVersion)) return Unreadable(payload, "api_version");
        if (payload.Livemode != live) return new Translation.Ignored("livemode");
        try
        {
            return Of(payload);
        }
        catch (Exception exception) when (exception is NotSupportedException or FormatException or OverflowException)
        {
            return Unreadable(payload, "amount_or_attempt");
        }
    }

    /// <summary>
    /// The version train before the library's. Its events are read too, for during an upgrade they are in queues, in Stripe's retries and in
    /// its list of events: the members that this class reads are the same in both. Whoever upgrades the library to another train compares
    /// them again and puts the train that was current here, or null when they differ.
    /// </summary>
    private static readonly string? TrainBefore = "dahlia";

    private static bool IsReadable(string? version) =>
        !string.IsNullOrEmpty(version)
        && (EventUtility.IsCompatibleApiVersion(version) || (TrainBefore is not null && version.EndsWith($".{TrainBefore}", StringComparison.Ordinal)));

    /// <returns>The order that a session, a payment or a refund names; null when it names none of ours: other shops on the same Stripe account use the same key for ids of theirs.</returns>
    public static string? OrderIdOf(IReadOnlyDictionary<string, string>? metadata) =>
        metadata?.GetValueOrDefault(OrderIdKey) is { } id && OrderIds.IsId(id) ? id : null;

    /// <summary>What a checkout session says by itself, whoever reports it.</summary>
    /// <param name="failed">True when a delayed payment is known to have failed; the session alone does not tell.</param>
    /// <returns>Null when the session is not one of ours.</returns>
    /// <exception cref="FormatException">The session is ours, and something in it is not as it should be.</exception>
    public static PaymentEvent? FromSession(Session session, string eventId, string type, DateTimeOffset at, bool failed)
    {
        if (OrderIdOf(session.Metadata) is not { } orderId) return null;
        var state = session.Status switch
        {
            "open" => CheckoutState.Open,
            "complete" => CheckoutState.Completed,
            "expired" => CheckoutState.Expired,
            _ => throw new FormatException("The session has no status that is known here."),
        };
        return new PaymentEvent
        {
            Provider = Providers.Stripe,
            EventId = eventId,
            Type = type,
            OrderId = orderId,
            Checkout = new(session.Id, AttemptOf(session), state, Utc(session.Created), Utc(session.ExpiresAt), at, session.Url),
            Money = state == CheckoutState.Completed ? CaptureOf(session, at, failed) : null,
        };
    }

    /// <summary>What a refund says by itself, whoever reports it.</summary>
    /// <returns>Null when it is of a kind of payment this shop does not make.</returns>
    public static PaymentEvent? FromRefund(Refund refund, string eventId, string type, DateTimeOffset at)
    {
        if (refund.PaymentIntentId is null) return null;
        var status = refund.Status switch
        {
            "succeeded" => FactStatus.Succeeded,
            "failed" or "canceled" => FactStatus.Failed,
            _ => FactStatus.Pending,
        };
        var fact = FactOf(FactKind.Refund, refund.Id, refund.PaymentIntentId, refund.Amount, refund.Currency, status, at);
        return About(eventId, type, OrderIdOf(refund.Metadata), fact with { Reference = refund.Metadata?.GetValueOrDefault(ReferenceKey) });
    }

    private static Translation Of(Event payload)
    {
        var at = Utc(payload.Created);
        var payment = (payload.Type, payload.Data?.Object) switch
        {
            (EventTypes.CheckoutSessionCompleted
                or EventTypes.CheckoutSessionExpired
                or EventTypes.CheckoutSessionAsyncPaymentSucceeded
                or EventTypes.CheckoutSessionAsyncPaymentFailed, Session session) =>
                FromSession(session, payload.Id, payload.Type, at, failed: payload.Type == EventTypes.CheckoutSessionAsyncPaymentFailed),
            (EventTypes.PaymentIntentSucceeded, PaymentIntent intent) => FromIntent(intent, payload, at),
            (EventTypes.RefundCreated or EventTypes.RefundUpdated or EventTypes.RefundFailed or EventTypes.ChargeRefundUpdated, Refund refund) =>
                FromRefund(refund, payload.Id, payload.Type, at),
            (EventTypes.ChargeDisputeCreated or EventTypes.ChargeDisputeUpdated or EventTypes.ChargeDisputeClosed, Dispute dispute) =>
                FromDispute(dispute, payload.Id, payload.Type, at),
            _ => null,
        };
        return payment is null ? new Translation.Ignored("not_ours") : new Translation.Payment(payment);
    }

    private static PaymentEvent? FromIntent(PaymentIntent intent, Event payload, DateTimeOffset at)
    {
        if (OrderIdOf(intent.Metadata) is not { } orderId) return null;
        var fact = FactOf(FactKind.Capture, intent.Id, null, intent.AmountReceived, intent.Currency, FactStatus.Completed, at);
        return About(payload.Id, payload.Type, orderId, fact);
    }

    /// <summary>What a dispute says by itself, whoever reports it.</summary>
    /// <returns>Null when it is of a kind of payment this shop does not make.</returns>
    public static PaymentEvent? FromDispute(Dispute dispute, string eventId, string type, DateTimeOffset at)
    {
        if (dispute.PaymentIntentId is null) return null;
        var status = StripeDisputes.StatusOf(dispute);
        var fact = FactOf(FactKind.Dispute, dispute.Id, dispute.PaymentIntentId, dispute.Amount, dispute.Currency, status, at);
        return About(eventId, type, null, StripeDisputes.IsSettledByRefund(dispute) ? fact with { SettledByRefundsSince = Utc(dispute.Created), SettledByRefundsUntil = at } : fact);
    }

    private static PaymentEvent.Fact? CaptureOf(Session session, DateTimeOffset at, bool failed)
    {
        if (session.PaymentStatus == "no_payment_required") return null;
        if (session.PaymentIntentId is null || session.AmountTotal is not { } total || session.Currency is null)
            throw new FormatException("A completed session lacks its payment or its amount.");
        var status = session.PaymentStatus == "paid" ? FactStatus.Completed : failed ? FactStatus.Denied : FactStatus.Pending;
        return FactOf(FactKind.Capture, session.PaymentIntentId, null, total, session.Currency, status, at);
    }

    private static PaymentEvent.Fact FactOf(
        FactKind kind, string objectId, string? captureId, long amount, string currency, FactStatus status, DateTimeOffset at)
    {
        var money = StripeAmounts.From(amount, currency);
        return new(kind, objectId, captureId, money.Amount, money.Currency, status, at);
    }

    private static PaymentEvent About(string eventId, string type, string? orderId, PaymentEvent.Fact fact) =>
        new() { Provider = Providers.Stripe, EventId = eventId, Type = type, OrderId = orderId, Money = fact };

    private static int AttemptOf(Session session) =>
        session.Metadata.TryGetValue(AttemptKey, out var attempt)
            ? int.Parse(attempt, NumberStyles.None, CultureInfo.InvariantCulture)
            : throw new FormatException("The session names no attempt.");

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static Translation.Unreadable Unreadable(Event payload, string reason) =>
        new(new UnreadableEvent(Providers.Stripe, payload.Id ?? "unknown", payload.Type ?? "unknown", reason));

    /// <summary>Saves what can be saved of a text that is no event: its id and type, so that it can be looked up at Stripe.</summary>
    private static Translation.Unreadable Unreadable(string json, string reason)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new(new UnreadableEvent(Providers.Stripe, Text(document, "id"), Text(document, "type"), reason));
        }
        catch (JsonException)
        {
            return new(new UnreadableEvent(Providers.Stripe, "unknown", "unknown", "not_json"));
        }
    }

    private static string Text(JsonDocument document, string member) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: <= 255 } text
            ? text
            : "unknown";
}
