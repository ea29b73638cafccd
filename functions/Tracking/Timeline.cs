using System.Collections.Frozen;
using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;

namespace Shop.Functions.Tracking;

/// <summary>The customer's view of an order's journal.</summary>
public static class Timeline
{
    /// <summary>By the journal's kind: what the customer's programs and the customer read.</summary>
    private static readonly FrozenDictionary<string, (string Kind, string Text)> Words = new Dictionary<string, (string Kind, string Text)>
    {
        [JournalKinds.Placed] = ("placed", "We have your order."),
        [JournalKinds.PaymentStarted] = ("payment_started", "You went to pay."),
        [JournalKinds.CheckoutExpired] = ("payment_expired", "A payment page was closed without a payment."),
        [JournalKinds.CaptureDeclined] = ("payment_failed", "The payment did not go through."),
        [JournalKinds.Expired] = ("expired", "The order was given up because nobody paid it in time."),
        [JournalKinds.Cancelled] = ("cancelled", "The order was cancelled."),
        [JournalKinds.RefundRequested] = ("refund_agreed", "We have agreed to refund you."),
        [JournalKinds.RefundWithdrawn] = ("refund_withdrawn", "The refund that was agreed is not made."),
        [JournalKinds.RemainderClosed] = ("remainder_closed", "The rest of your order is not sent; its price goes back to you."),
        [JournalKinds.DisputeReopened] = ("disputed_again", "Your bank has asked us about this payment again."),
        [JournalKinds.Of(FactKind.Capture, FactStatus.Pending)] = ("payment_pending", "Your payment is on its way; your bank has yet to confirm it."),
        [JournalKinds.Of(FactKind.Capture, FactStatus.Denied)] = ("payment_failed", "The payment did not go through."),
        [JournalKinds.Of(FactKind.Capture, FactStatus.Completed)] = ("paid", "We have received your payment."),
        [JournalKinds.Of(FactKind.Capture, FactStatus.Reversed)] = ("payment_reversed", "The payment was taken back by the provider."),
        [JournalKinds.Of(FactKind.Refund, FactStatus.Pending)] = ("refund_started", "A refund is on its way to you."),
        [JournalKinds.Of(FactKind.Refund, FactStatus.Succeeded)] = ("refunded", "We have refunded you."),
        [JournalKinds.Of(FactKind.Refund, FactStatus.Failed)] = ("refund_failed", "A refund did not reach you; we are looking into it."),
        [JournalKinds.Of(FactKind.Reversal, FactStatus.Completed)] = ("payment_reversed", "The provider has taken this much of the payment back."),
        [JournalKinds.Of(FactKind.Dispute, FactStatus.Inquiry)] = ("payment_questioned", "We have been asked a question about this payment."),
        [JournalKinds.Of(FactKind.Dispute, FactStatus.Open)] = ("disputed", "Your bank has asked us about this payment."),
        [JournalKinds.Of(FactKind.Dispute, FactStatus.Won)] = ("dispute_closed", "The question about this payment is settled."),
        [JournalKinds.Of(FactKind.Dispute, FactStatus.Lost)] = ("dispute_refunded", "Your bank has returned this payment to you."),
    }.ToFrozenDictionary();

    private const string SoldOut = "The order was cancelled: what it asks for is not there any more.";

    /// <summary>By what a carrier says of a parcel.</summary>
    private static readonly FrozenDictionary<ShipmentStatus, (string Kind, string Text)> ParcelWords = new Dictionary<ShipmentStatus, (string Kind, string Text)>
    {
        [ShipmentStatus.Collected] = ("collected", "The carrier has your parcel."),
        [ShipmentStatus.InTransit] = ("in_transit", "Your parcel is moving."),
        [ShipmentStatus.OutForDelivery] = ("out_for_delivery", "Your parcel is out for delivery."),
        [ShipmentStatus.Failed] = ("delivery_failed", "Your parcel could not be delivered."),
        [ShipmentStatus.Delivered] = ("delivered", "A parcel has arrived."),
        [ShipmentStatus.Returned] = ("returned", "A parcel has come back to us."),
    }.ToFrozenDictionary();

    /// <returns>Oldest first; steps that say nothing to a customer are left out.</returns>
    public static ImmutableArray<TimelineEvent> Of(Order order) =>
    [
        .. order.Journal.Select(Read).OfType<TimelineEvent>()
            // What became of the parcels stands in them: in whatever order carriers told it, and without those that were taken back.
            .Concat(FulfilmentProgress.Of(order).Shipments.SelectMany(Read)).Index()
            // Providers tell times in whole seconds; within one, the order in which things were learnt is the better guide.
            .OrderBy(step => step.Item.At.ToUnixTimeSeconds()).ThenBy(step => step.Index)
            .Select(step => step.Item),
    ];

    private static TimelineEvent? Read(JournalEntry entry)
    {
        Money? amount = entry is { Amount: { } minor, Currency: { } currency } ? new(minor, currency) : null;
        if (!Words.TryGetValue(entry.Kind, out var words)) return null;
        return new(entry.At, words.Kind, entry is { Kind: JournalKinds.Cancelled, Reason: Order.SoldOutReason } ? SoldOut : words.Text, amount);
    }

    private static IEnumerable<TimelineEvent> Read(ShipmentProgress parcel)
    {
        var number = parcel.Shipment.Number;
        yield return new(parcel.Shipment.ShippedAt, "shipped", "A parcel is on its way to you.", null, number);
        foreach (var heard in parcel.Events)
        {
            var (kind, text) = ParcelWords[heard.Kind];
            yield return new(heard.At, kind, text, null, number, heard.Place);
        }

        // From when a delivery was noted without an event.
        if (parcel.Shipment.DeliveredAt is { } arrived && parcel.Events.All(heard => heard.Kind != ShipmentStatus.Delivered))
            yield return new(arrived, "delivered", ParcelWords[ShipmentStatus.Delivered].Text, null, number);
    }
}
