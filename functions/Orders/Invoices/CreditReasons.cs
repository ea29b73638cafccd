using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Invoices;

/// <summary>Why a credit note was issued, which law wants it to say. Pure.</summary>
public static class CreditReasons
{
    public const string OrderCancelled = "order_cancelled";

    /// <summary>… and a bank took the money, before anything had left.</summary>
    public const string NothingSupplied = "nothing_supplied";

    /// <returns>What staff promised the refund for (<see cref="RefundReasons"/>), or what became of the order; null where nobody knows, as of a refund that was made at the provider, and of an invoice.</returns>
    public static string? Of(Order order, SalesDocument document)
    {
        if (document.Kind != DocumentKind.CreditNote) return null;
        if (document.Facts.Any(fact => FactKey.Parse(fact).Kind != FactKind.Refund)) return NothingSupplied;
        var references = order.Ledger.Where(fact => document.Facts.Contains(fact.Key)).Select(fact => fact.Reference).ToHashSet();
        if (order.RefundPromises.FirstOrDefault(promise => references.Contains(promise.Id)) is { } promised) return promised.Reason;
        return order.Closed is not null && references.Contains(OwedRefund.Surplus) ? OrderCancelled : null;
    }
}
