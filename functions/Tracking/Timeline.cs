using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Platform;

namespace Shop.Functions.Tracking;

/// <summary>The customer's view of an order's journal.</summary>
public static class Timeline
{
    /// <returns>Oldest first; steps that say nothing to a customer are left out.</returns>
    public static ImmutableArray<TimelineEvent> Of(Order order) =>
    [
        .. order.Journal.Select((entry, index) => (Event: Read(entry), index))
            .Where(step => step.Event is not null)
            // Providers tell times in whole seconds; within one, the order in which things were learnt is the better guide.
            .OrderBy(step => step.Event!.At.ToUnixTimeSeconds()).ThenBy(step => step.index)
            .Select(step => step.Event!),
    ];

    private static TimelineEvent? Read(JournalEntry entry)
    {
        Money? amount = entry is { Amount: { } minor, Currency: { } currency } ? new(minor, currency) : null;
        return Words(entry.Kind) is (var kind, var text) ? new(entry.At, kind, text, amount) : null;
    }

    private static (string Kind, string Text)? Words(string kind) => kind switch
    {
        JournalKinds.Placed => ("placed", "We have your order."),
        JournalKinds.PaymentStarted => ("payment_started", "You went to pay."),
        JournalKinds.CheckoutExpired => ("payment_expired", "A payment page was left unused."),
        JournalKinds.Expired => ("expired", "The order was given up because nobody paid it in time."),
        JournalKinds.Cancelled => ("cancelled", "The order was cancelled."),
        JournalKinds.Shipped => ("shipped", "A parcel is on its way to you."),
        JournalKinds.Delivered => ("delivered", "A parcel has arrived."),
        JournalKinds.RefundRequested => ("refund_agreed", "We have agreed to refund you."),
        JournalKinds.DisputeReopened => ("disputed_again", "Your bank has asked us about this payment again."),
        "capture_pending" => ("payment_pending", "Your payment is on its way; your bank has yet to confirm it."),
        "capture_denied" => ("payment_failed", "The payment did not go through."),
        "capture_completed" => ("paid", "We have received your payment."),
        "capture_reversed" => ("payment_reversed", "The payment was taken back by the provider."),
        "refund_pending" => ("refund_started", "A refund is on its way to you."),
        "refund_succeeded" => ("refunded", "We have refunded you."),
        "refund_failed" => ("refund_failed", "A refund did not reach you; we are looking into it."),
        "dispute_open" => ("disputed", "Your bank has asked us about this payment."),
        "dispute_won" => ("dispute_closed", "The question about this payment is settled."),
        "dispute_lost" => ("dispute_refunded", "Your bank has returned this payment to you."),
        _ => null,
    };
}
