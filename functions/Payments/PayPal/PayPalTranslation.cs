using System.Globalization;
using PaypalServerSdk.Standard.Models;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Amount = PaypalServerSdk.Standard.Models.Money;
using Order = PaypalServerSdk.Standard.Models.Order;

namespace Shop.Functions.Payments.PayPal;

/// <summary>What PayPal's objects say, in our words, whoever brings them: an answer or an event. Pure.</summary>
public static class PayPalTranslation
{
    private const char ReferenceMark = ':';

    /// <summary>
    /// What an order says: how the checkout stands, and the money that came of it. COMPLETED means that it was captured,
    /// and only the captures say whether that brought money.
    /// </summary>
    /// <param name="at">When it was said; the objects' own times go before it.</param>
    /// <returns>Nothing when it is not one of ours.</returns>
    /// <exception cref="FormatException">It is ours, and something in it is not as it should be.</exception>
    /// <exception cref="NotSupportedException">It is ours, and an amount in it cannot be expressed here.</exception>
    public static IReadOnlyList<PaymentEvent> FromOrder(Order order, string eventId, string type, DateTimeOffset at)
    {
        if (order.PurchaseUnits is not [var unit] || OrderIdOf(unit.CustomId) is not { } orderId) return [];
        var facts = (unit.Payments?.Captures ?? []).Select(capture => FactOf(capture, at))
            .Concat((unit.Payments?.Refunds ?? []).Select(refund => FactOf(refund, null, at)))
            .ToList();
        var checkout = CheckoutOf(order, unit, at);
        var first = About(eventId, type, orderId, facts.FirstOrDefault()) with { Checkout = checkout };
        return first is { Money: null, Checkout: null } ? [] : [first, .. facts.Skip(1).Select(fact => About(eventId, type, orderId, fact))];
    }

    /// <returns>Null when it is not one of ours.</returns>
    /// <exception cref="FormatException">It is ours, and something in it is not as it should be.</exception>
    public static PaymentEvent? FromCapture(CapturedPayment capture, string eventId, string type, DateTimeOffset at)
    {
        if (OrderIdOf(capture.CustomId) is not { } orderId) return null;
        var status = StatusOf(capture.Status);
        var since = Since(status, capture.CreateTime, capture.UpdateTime, capture.Status, at);
        return About(eventId, type, orderId, FactOf(FactKind.Capture, capture.Id, null, capture.Amount, status, since));
    }

    /// <summary>A refund names its capture by a link only; our order by the capture's own reference, if at all.</summary>
    /// <param name="captureId">What it is about, where that is known already.</param>
    /// <returns>Null when it is about something else than a capture.</returns>
    /// <exception cref="FormatException">Something in it is not as it should be.</exception>
    public static PaymentEvent? FromRefund(Refund refund, string? captureId, string eventId, string type, DateTimeOffset at)
    {
        if (CaptureIdOf(refund.Links) is null && captureId is null) return null;
        return About(eventId, type, OrderIdOf(refund.CustomId), FactOf(refund, captureId, at));
    }

    /// <returns>The capture that an object hangs from; null when it hangs from none.</returns>
    public static string? CaptureIdOf(IEnumerable<LinkDescription>? links) => links?
        .Where(link => link.Rel == "up" && link.Href?.Contains("/captures/", StringComparison.Ordinal) == true)
        .Select(link => link.Href[(link.Href.LastIndexOf('/') + 1)..])
        .FirstOrDefault(id => id.Length > 0);

    /// <returns>What a refund of ours carries: our order, and what the refund answers.</returns>
    public static string CustomIdOf(string orderId, string reference) => $"{orderId}{ReferenceMark}{reference}";

    /// <returns>The order that a capture or a refund names; null when it names none of ours: other things may be sold through the same PayPal account.</returns>
    public static string? OrderIdOf(string? customId) => customId?.Split(ReferenceMark)[0] is { } id && OrderIds.IsId(id) ? id : null;

    /// <returns>What a refund answers; null for one that people made at PayPal, which carries its capture's own id at most.</returns>
    private static string? ReferenceOf(string? customId) => OrderIdOf(customId) is not null && customId!.Split(ReferenceMark) is [_, var reference] ? reference : null;

    /// <exception cref="FormatException">It has no id, or no amount.</exception>
    /// <exception cref="NotSupportedException">The amount cannot be expressed here.</exception>
    public static PaymentEvent.Fact FactOf(FactKind kind, string? id, string? captureId, Amount? amount, FactStatus status, DateTimeOffset at)
    {
        if (string.IsNullOrEmpty(id) || amount is not { MValue: { } value, CurrencyCode: { } currency })
            throw new FormatException($"A {kind} at PayPal lacks its id or its amount.");
        var money = PayPalAmounts.From(value, currency);
        return new(kind, id, captureId, Math.Abs(money.Amount), money.Currency, status, at);
    }

    public static PaymentEvent About(string eventId, string type, string? orderId, PaymentEvent.Fact? fact) =>
        new() { Provider = Providers.PayPal, EventId = eventId, Type = type, OrderId = orderId, Money = fact };

    /// <summary>PayPal writes its own offset with some times.</summary>
    /// <returns>Null when there is no time.</returns>
    /// <exception cref="FormatException">The text is no time.</exception>
    public static DateTimeOffset? Time(string? text) => string.IsNullOrEmpty(text)
        ? null
        : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>An order itself has no end at PayPal that it would tell; the attempt that is stored here has.</summary>
    private static PaymentEvent.CheckoutUpdate? CheckoutOf(Order order, PurchaseUnit unit, DateTimeOffset at)
    {
        CheckoutState? state = order.Status switch
        {
            OrderStatus.Created or OrderStatus.Saved or OrderStatus.PayerActionRequired => CheckoutState.Open,
            OrderStatus.Approved => CheckoutState.Approved,
            OrderStatus.Voided => CheckoutState.Expired,
            OrderStatus.Completed => CheckoutState.Completed,
            // A status that this version does not know decides nothing.
            _ => null,
        };
        if (state is null) return null;
        if (order.Id is null || AttemptOf(unit) is not { } attempt) throw new FormatException("An order at PayPal lacks its id or names no attempt.");
        var since = Time(order.CreateTime) ?? at;
        var page = order.Links?.FirstOrDefault(link => link.Rel is "payer-action" or "approve")?.Href;
        return new(order.Id, attempt, state.Value, since, since, at, state == CheckoutState.Open ? page : null);
    }

    /// <summary>Some events leave the reference out; the invoice id says the same (<see cref="PayPalOrders.InvoiceIdOf"/>).</summary>
    private static int? AttemptOf(PurchaseUnit unit)
    {
        if (int.TryParse(unit.ReferenceId, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)) return attempt;
        return unit.InvoiceId?.Split('-') switch
        {
            [_, _, _] => 1,
            [_, _, _, var last] when int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out attempt) => attempt,
            _ => null,
        };
    }

    private static PaymentEvent.Fact FactOf(OrdersCapture capture, DateTimeOffset at)
    {
        var status = StatusOf(capture.Status);
        return FactOf(FactKind.Capture, capture.Id, null, capture.Amount, status, Since(status, capture.CreateTime, capture.UpdateTime, capture.Status, at));
    }

    private static PaymentEvent.Fact FactOf(Refund refund, string? captureId, DateTimeOffset at)
    {
        var status = refund.Status switch
        {
            RefundStatus.Completed => FactStatus.Succeeded,
            RefundStatus.Failed or RefundStatus.Cancelled => FactStatus.Failed,
            // Pending, or something newer than this version: not final for it, so it asks again.
            _ => FactStatus.Pending,
        };
        var parent = CaptureIdOf(refund.Links) ?? captureId ?? throw new FormatException("A refund at PayPal names no capture.");
        // One that was pending first went back when it changed.
        var since = (status != FactStatus.Pending ? Time(refund.UpdateTime) : null) ?? Time(refund.CreateTime) ?? at;
        return FactOf(FactKind.Refund, refund.Id, parent, refund.Amount, status, since) with { Reference = ReferenceOf(refund.CustomId) };
    }

    private static FactStatus StatusOf(CaptureStatus? status) => status switch
    {
        // What went back is told by the refunds.
        CaptureStatus.Completed or CaptureStatus.PartiallyRefunded or CaptureStatus.Refunded => FactStatus.Completed,
        CaptureStatus.Declined or CaptureStatus.Failed => FactStatus.Denied,
        _ => FactStatus.Pending,
    };

    /// <summary>A capture that was pending first came in when it changed; a refund changes it as well, and is not that.</summary>
    private static DateTimeOffset Since(FactStatus status, string? created, string? updated, CaptureStatus? told, DateTimeOffset at)
    {
        var changed = status != FactStatus.Pending && told is not (CaptureStatus.PartiallyRefunded or CaptureStatus.Refunded) ? Time(updated) : null;
        return changed ?? Time(created) ?? at;
    }
}
