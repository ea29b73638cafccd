namespace Shop.Functions.Orders.Invoices;

public enum DocumentKind
{
    /// <summary>What was sold, for the tax office and the customer.</summary>
    Invoice,

    /// <summary>What of an invoice's price was given back.</summary>
    CreditNote,
}
