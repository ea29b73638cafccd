using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>Which number a document has, RowKey <c>of-{order id}-{hash of its first fact}</c>, of a further one for the same fact with how many were before it: whoever would number it again finds it here, wherever it stands on the order.</summary>
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
