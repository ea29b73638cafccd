using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// A number that was given out, RowKey <c>number-000123</c>: to what, and who the seller was then. Once the sale may be kept no
/// longer, nothing is left of it but that it was given out and by whom, so that the series has no gap that nobody can explain.
/// </summary>
[Stored(StorageNames.Invoices, Prefix + "*", Subject.Order)]
public sealed class InvoiceNumberRow : ITableEntity
{
    public const string Prefix = "number-";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>Null once the sale is gone; so is everything below but the seller and when that was.</summary>
    [DataClass(DataClass.OrderFiscal)] public string? OrderId { get; set; }

    [DataClass(DataClass.OrderFiscal)] public DateTimeOffset? IssuedAt { get; set; }

    [DataClass(DataClass.OrderFiscal)] public DateTimeOffset? TaxPoint { get; set; }

    [DataClass(DataClass.OrderFiscal)] public long? Net { get; set; }

    [DataClass(DataClass.OrderFiscal)] public long? Vat { get; set; }

    [DataClass(DataClass.None)] public string? SellerName { get; set; }

    [DataClass(DataClass.None)] public string? SellerAddress { get; set; }

    [DataClass(DataClass.None)] public string? SellerVatNumber { get; set; }

    /// <summary>Empty where it had none, null on a row from before this was kept.</summary>
    [DataClass(DataClass.None)] public string? SellerOneStopShopNumber { get; set; }

    [DataClass(DataClass.None)] public DateTimeOffset? PurgedAt { get; set; }
}
