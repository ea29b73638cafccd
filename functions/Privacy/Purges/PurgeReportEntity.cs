using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>The report of a purge as it is stored: table <c>purges</c>, RowKey <c>report-{number}</c>.</summary>
[Stored(StorageNames.Purges, Prefix + "*", Subject.PurgeReport)]
public sealed class PurgeReportEntity : ITableEntity
{
    public const string Prefix = "report-";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>JSON of <see cref="PurgeReport"/>, exactly as it was hashed.</summary>
    [DataClass(DataClass.Operational, JsonOf = typeof(PurgeReport))] public string Report { get; set; } = "";

    public static string RowKeyOf(int number) => Prefix + KeyOf(number);

    /// <summary>What the schedule calls it.</summary>
    public static string KeyOf(int number) => number.ToString("D8", CultureInfo.InvariantCulture);

    public static PurgeReportEntity Of(string partition, PurgeReport report) => new()
    {
        PartitionKey = partition,
        RowKey = RowKeyOf(report.Number),
        Report = JsonSerializer.Serialize(report, PurgeJson.Web.PurgeReport),
    };
}
