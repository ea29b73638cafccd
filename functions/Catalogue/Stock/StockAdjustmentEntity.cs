using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue.Stock;

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
