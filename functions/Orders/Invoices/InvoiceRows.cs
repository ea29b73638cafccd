using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>How far a series has come: table <c>invoices</c>, PartitionKey the series, RowKey <c>last</c>.</summary>
[Stored(StorageNames.Invoices, Row, Subject.Order)]
public sealed class InvoiceCounterRow : ITableEntity
{
    public const string Row = "last";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public long Last { get; set; }
}

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

    [DataClass(DataClass.None)] public DateTimeOffset? PurgedAt { get; set; }
}

/// <summary>Which number a document has, RowKey <c>of-{order id}-{hash of its first fact}</c>: whoever would number it again finds it here, wherever it stands on the order.</summary>
[Stored(StorageNames.Invoices, Prefix + "*", Subject.Order)]
public sealed class InvoiceKeyRow : ITableEntity
{
    public const string Prefix = "of-";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.OrderFiscal)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.OrderFiscal)] public long Number { get; set; }

    [DataClass(DataClass.OrderFiscal)] public DateTimeOffset IssuedAt { get; set; }
}
