using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Shop.Functions.Platform.Storage;

/// <summary>
/// The diary of what falls due for deletion: one row per thing held, in the partition of its due day. It is written
/// before the thing itself, so nothing is ever held that no row points to; a purge looks at the thing before acting.
/// </summary>
public sealed class RetentionRows(TableServiceClient tables)
{
    /// <summary>A day is spread over this many partitions, so that filing is never held up by one of them.</summary>
    public const int Shards = 4;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Retention);

    /// <summary>Files <paramref name="key"/> for the day on which it may go. Filing twice is the same as once.</summary>
    /// <param name="subject">What is held: <c>unpaid-order</c>, <c>account</c>.</param>
    /// <exception cref="RequestFailedException">The row could not be written.</exception>
    public Task FileAsync(DateTimeOffset due, string subject, string key, CancellationToken cancellation)
    {
        var row = new RetentionRow { PartitionKey = PartitionOf(due, key), RowKey = $"{subject}~{key}" };
        return _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    /// <returns><c>yyyyMMdd-nn</c>: the due day (UTC) and the key's shard.</returns>
    public static string PartitionOf(DateTimeOffset due, string key) => string.Create(
        CultureInfo.InvariantCulture, $"{due.UtcDateTime:yyyyMMdd}-{SHA256.HashData(Encoding.UTF8.GetBytes(key))[0] % Shards:00}");
}

/// <summary>A row of the <c>retention</c> table: its keys say everything.</summary>
[Stored(StorageNames.Retention, "*", Subject.Diary)]
public sealed class RetentionRow : ITableEntity
{
    [Holds(DataClass.Operational)] public required string PartitionKey { get; set; }

    /// <summary>For an account it ends with the account's id.</summary>
    [Holds(DataClass.Identity)] public required string RowKey { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }
}
