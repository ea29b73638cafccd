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
