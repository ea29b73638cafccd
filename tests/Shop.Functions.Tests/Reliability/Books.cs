using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>What a provider's own books say of one capture.</summary>
/// <param name="Kept">What is left of it once everything that went back, or is on its way, is taken off.</param>
internal sealed record Book(string Provider, string CaptureId, long Charged, long Kept);

/// <summary>The books of both providers about one order, in the ledger's words.</summary>
internal static class Books
{
    public static List<Book> Of(Order order, RunningShop shop) =>
    [
        .. shop.Stripe.Books.Where(book => book.ClientReferenceId == order.Id)
            .Select(book => new Book(Providers.Stripe, book.PaymentIntentId, book.Charged, book.Charged - book.Refunded - book.RefundsPending - book.Withdrawn)),
        .. shop.PayPal.Books.Where(book => book.CustomId == order.Id && book.CaptureId is not null)
            .Select(book => new Book(Providers.PayPal, book.CaptureId!, book.Charged, book.Charged - book.Refunded - book.RefundsPending - book.Withdrawn)),
    ];

    /// <summary>The facts that the ledger should hold, each as a line.</summary>
    public static List<string> FactsOf(List<Book> books, RunningShop shop)
    {
        var captures = books.Select(book => book.CaptureId).ToHashSet();
        return
        [
            .. books.Where(book => book.Charged > 0).Select(book => Line(FactKind.Capture, book.CaptureId, book.Charged, "done")),
            .. shop.Stripe.Refunds.Where(refund => captures.Contains(refund.PaymentIntentId))
                .Select(refund => Line(FactKind.Refund, refund.Id, refund.Amount, refund.Status == "succeeded" ? "done" : refund.Status)),
            .. shop.PayPal.Refunds.Where(refund => captures.Contains(refund.CaptureId))
                .Select(refund => Line(FactKind.Refund, refund.Id, refund.Amount, refund.Status == "COMPLETED" ? "done" : refund.Status.ToLowerInvariant())),
            .. shop.Stripe.Disputes.Where(dispute => captures.Contains(dispute.PaymentIntentId))
                .Select(dispute => Line(FactKind.Dispute, dispute.Id, dispute.Amount, dispute.Status is "won" or "lost" ? dispute.Status : "open")),
            .. shop.PayPal.Disputes.Where(dispute => captures.Contains(dispute.CaptureId))
                .Select(dispute => Line(FactKind.Dispute, dispute.Id, dispute.Amount, dispute.Outcome switch
                {
                    null => "open",
                    "RESOLVED_BUYER_FAVOUR" => "lost",
                    _ => "won",
                })),
        ];
    }

    public static string Line(LedgerEntry fact) => Line(
        fact.Kind, fact.ObjectId, fact.Amount, fact.Status is FactStatus.Completed or FactStatus.Succeeded ? "done" : fact.Status.ToString().ToLowerInvariant());

    /// <summary>The ids of the order's checkouts that are completed at their provider.</summary>
    public static IEnumerable<string> Completed(Order order, RunningShop shop) =>
        shop.Stripe.Sessions.Where(session => session.ClientReferenceId == order.Id && session.Status == "complete").Select(session => session.Id)
            .Concat(shop.PayPal.Orders.Where(known => known.CustomId == order.Id && known.Status == "COMPLETED").Select(known => known.Id));

    private static string Line(FactKind kind, string id, long amount, string status) => $"{kind} {id} {amount} {status}";
}
