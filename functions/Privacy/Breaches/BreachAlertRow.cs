using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// An alert that was raised: RowKey <c>alert-{end of the 72 hours, in seconds since 1970}-{hours left}</c>. When staff
/// correct since when they are aware, the alerts of the other end are others. Whoever adds or changes the row raises it, and
/// nobody else.
/// </summary>
[Stored(StorageNames.Breaches, Prefix + "*", Subject.Breach)]
public sealed class BreachAlertRow : ITableEntity
{
    public const string Prefix = "alert-";

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? DueAt { get; set; }

    [DataClass(DataClass.Operational)] public int HoursLeft { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset RaisedAt { get; set; }

    /// <summary>When it was raised again, if it was.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset? ToldAt { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? MailedAt { get; set; }

    public static string RowKeyOf(DateTimeOffset dueAt, int hoursLeft) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{dueAt.ToUnixTimeSeconds():D11}-{hoursLeft:D2}");

    public RaisedAlert ToAlert() => new(RowKey, DueAt, HoursLeft, RaisedAt, ToldAt ?? RaisedAt, MailedAt, ETag);
}
