namespace Shop.Functions.Orders.Invoices;

/// <summary>What a document can be had as.</summary>
public enum DocumentFormat
{
    Json,
    Page,
    Pdf,
}
