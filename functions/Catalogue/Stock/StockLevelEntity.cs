using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue.Stock;

/// <summary>
/// How many of an item there are: table <c>stock</c>, PartitionKey the SKU. Its reservations lie beside it, so that both
/// change in one transaction: the sum never says anything else than they do.
/// </summary>
[Stored(StorageNames.Stock, Row, Subject.Catalogue)]
public sealed class StockLevelEntity : ITableEntity
{
    public const string Row = "level";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public int OnHand { get; set; }

    /// <summary>The sum over the reservations.</summary>
    [DataClass(DataClass.None)] public int Reserved { get; set; }

    public StockLevel ToLevel() => new(OnHand, Reserved);
}
