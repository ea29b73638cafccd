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

/// <summary>What an order has of an item. It goes when nothing of that can change any more, at the latest with the order.</summary>
[Stored(StorageNames.Stock, Prefix + "*", Subject.Catalogue)]
public sealed class StockReservationEntity : ITableEntity
{
    public const string Prefix = "order-";

    /// <summary>The version of a reservation whose order is stored; one that nobody has stored has none.</summary>
    public const int Confirmed = 1;

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public int Reserved { get; set; }

    [DataClass(DataClass.None)] public int Shipped { get; set; }

    /// <summary>Of the order, when it was last followed; 0 until it is stored.</summary>
    [DataClass(DataClass.None)] public int Version { get; set; }
}

/// <summary>An adjustment that staff made, under the key of its request or the parcel it is about: the same one again changes nothing. Who made it is in the staff register.</summary>
[Stored(StorageNames.Stock, Prefix + "*", Subject.Catalogue)]
public sealed class StockAdjustmentEntity : ITableEntity
{
    public const string Prefix = "adjustment-";

    /// <summary>One for each parcel of which something was put back on the shelf; a hash of what stood on its label follows.</summary>
    public const string ParcelPrefix = Prefix + "parcel-";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public DateTimeOffset At { get; set; }

    [DataClass(DataClass.None)] public int Change { get; set; }

    [DataClass(DataClass.None)] public string Reason { get; set; } = "";
}
