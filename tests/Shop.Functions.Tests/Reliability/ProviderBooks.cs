using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.PayPal;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>One object in a provider's books, in the words of our ledger.</summary>
internal sealed record BookedFact(string OrderId, FactKind Kind, string Provider, string Id, long Amount, string Status);

/// <summary>Both sandboxes' own books, read behind the shop's back.</summary>
internal sealed class ProviderBooks
{
    public required IReadOnlyList<BookedPayment> Payments { get; init; }

    public required IReadOnlyList<BookedFact> Facts { get; init; }

    /// <summary>Pages that the provider says are done, and by which order's customer.</summary>
    public required IReadOnlyList<(string OrderId, string Provider, string CheckoutId)> Finished { get; init; }

    /// <summary>Pages whose money the customer has agreed to and nobody has asked for.</summary>
    public required IReadOnlyList<(string OrderId, string CheckoutId)> Approved { get; init; }

    public static ProviderBooks Of(RunningShop shop) => new()
    {
        Payments =
        [
            .. shop.Stripe.Books.Select(book => new BookedPayment(
                Providers.Stripe, book.PaymentIntentId, book.ClientReferenceId ?? "", book.Charged, book.Refunded, book.RefundsPending, book.Withdrawn)),
            .. shop.PayPal.Books.Select(book => new BookedPayment(
                Providers.PayPal, book.CaptureId, book.CustomId ?? "", book.Charged, book.Refunded, book.RefundsPending, book.Withdrawn)),
        ],
        Facts = [.. StripeFacts(shop), .. PayPalFacts(shop)],
        Finished =
        [
            .. shop.Stripe.Sessions.Where(session => session.Status == "complete").Select(session => (session.ClientReferenceId ?? "", Providers.Stripe, session.Id)),
            .. shop.PayPal.Orders.Where(order => order.Status == "COMPLETED").Select(order => (order.CustomId ?? "", Providers.PayPal, order.Id)),
        ],
        Approved = [.. shop.PayPal.Orders.Where(order => order.Status == "APPROVED").Select(order => (order.CustomId ?? "", order.Id))],
    };

    private static IEnumerable<BookedFact> StripeFacts(RunningShop shop)
    {
        var orders = shop.Stripe.Books.ToDictionary(book => book.PaymentIntentId, book => book.ClientReferenceId ?? "");
        BookedFact Fact(FactKind kind, string id, string intent, long amount, string status) => new(orders[intent], kind, Providers.Stripe, id, amount, status);
        return shop.Stripe.Books.Where(book => book.Charged > 0).Select(book => Fact(FactKind.Capture, book.PaymentIntentId, book.PaymentIntentId, book.Charged, "done"))
            .Concat(shop.Stripe.Refunds.Select(refund => Fact(FactKind.Refund, refund.Id, refund.PaymentIntentId, refund.Amount, refund.Status == "succeeded" ? "done" : refund.Status)))
            .Concat(shop.Stripe.Disputes.Select(dispute => Fact(
                FactKind.Dispute, dispute.Id, dispute.PaymentIntentId, dispute.Amount, StatusOf(dispute))));
    }

    private static IEnumerable<BookedFact> PayPalFacts(RunningShop shop)
    {
        var orders = shop.PayPal.Books.Where(book => book.CaptureId is not null).ToDictionary(book => book.CaptureId!, book => book.CustomId ?? "");
        BookedFact Fact(FactKind kind, string id, string capture, long amount, string status) => new(orders[capture], kind, Providers.PayPal, id, amount, status);
        return shop.PayPal.Captures.Where(capture => capture.Status is not ("PENDING" or "DECLINED"))
                .Select(capture => Fact(FactKind.Capture, capture.Id, capture.Id, capture.Amount, "done"))
            .Concat(shop.PayPal.Reversals.Select(reversal => Fact(FactKind.Reversal, reversal.Id, reversal.CaptureId, reversal.Amount, "done")))
            .Concat(shop.PayPal.Refunds.Select(refund => Fact(
                FactKind.Refund, refund.Id, refund.CaptureId, refund.Amount, refund.Status == "COMPLETED" ? "done" : refund.Status.ToLowerInvariant())))
            .Concat(shop.PayPal.Disputes.Select(dispute => Fact(FactKind.Dispute, dispute.Id, dispute.CaptureId, dispute.Amount, StatusOf(dispute))));
    }

    private static string StatusOf(DisputeSummary dispute) => dispute.Status switch
    {
        "won" or "warning_closed" => "won",
        "prevented" => dispute.CaseType == "block" ? "won" : "lost",
        "warning_needs_response" => "inquiry",
        "lost" => "lost",
        _ => "open",
    };

    private static string StatusOf(DisputeOfCapture dispute) => dispute.Outcome switch
    {
        null => dispute.Stage == "INQUIRY" ? "inquiry" : "open",
        "RESOLVED_BUYER_FAVOUR" => "lost",
        _ => "won",
    };
}
