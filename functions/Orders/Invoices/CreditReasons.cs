using Shop.Functions.Orders.Refunds;

namespace Shop.Functions.Orders.Invoices;

/// <summary>Why a credit note was issued, which law wants it to say. Pure.</summary>
public static class CreditReasons
{
    public const string OrderCancelled = "order_cancelled";

    /// <returns>What staff promised the refund for (<see cref="RefundReasons"/>), or what became of the order; null where nobody knows, as of a refund that was made at the provider, and of an invoice.</returns>
    public static string? Of(Order order, SalesDocument document)
    {
        if (document.Kind != DocumentKind.CreditNote) return null;
        var references = order.Ledger.Where(fact => document.Facts.Contains(fact.Key)).Select(fact => fact.Reference).ToHashSet();
        if (order.RefundPromises.FirstOrDefault(promise => references.Contains(promise.Id)) is { } promised) return promised.Reason;
        return order.Closed is not null && references.Contains(OwedRefund.Surplus) ? OrderCancelled : null;
    }
}
