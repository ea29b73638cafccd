using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Platform.RateLimiting;

/// <summary>
/// A count: table <c>rateCounts</c>, PartitionKey the day of its span (UTC) and a shard. The RowKey is a keyed hash of the use, the
/// span and the key, so that a row tells nobody whose it is, and two rows do not tell that they are the same person's.
/// </summary>
[Stored(StorageNames.RateCounts, "*", Subject.RateCount)]
public sealed class RateCountEntity : ITableEntity
{
    /// <summary>The rule under which a day of counts is scheduled to go.</summary>
    public const string Rule = "rate-count";

    /// <summary>A day is spread over this many partitions: a flood of visitors is more than one of them takes.</summary>
    public const int Shards = 8;

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Identity)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public int Count { get; set; }

    /// <returns><c>yyyyMMdd</c>, UTC.</returns>
    public static string DayOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string PartitionOf(string day, int shard) => string.Create(CultureInfo.InvariantCulture, $"{day}-{shard:00}");
}
