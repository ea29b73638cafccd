using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue.Stock;

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
