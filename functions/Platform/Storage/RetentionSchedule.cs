using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Shop.Functions.Platform.Storage;

/// <summary>
/// The schedule of what falls due for deletion: one row per thing held, in the partition of its due day. It is written
/// before the thing itself, so nothing is ever held that no row points to; a purge looks at the thing before acting.
/// </summary>
public sealed class RetentionSchedule(TableServiceClient tables)
{
    /// <summary>A day is spread over this many partitions, so that scheduling is never held up by one of them.</summary>
    public const int Shards = 4;

    /// <summary>What one transaction takes.</summary>
    private const int Together = 100;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Retention);

    /// <summary>Schedules <paramref name="key"/> for the day on which it may go. Scheduling twice is the same as once.</summary>
    /// <param name="rule">The rule of the policy that it is scheduled under: <c>unpaid-order</c>, <c>account</c>.</param>
    /// <exception cref="RequestFailedException">The row could not be written.</exception>
    public Task ScheduleAsync(DateOnly due, string rule, string key, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(RowOf(new(due, rule, key)), TableUpdateMode.Replace, cancellation);

    /// <summary>Schedules all of them; one storage call for up to 100 of a partition.</summary>
    public async Task ScheduleAllAsync(IEnumerable<RetentionEntry> entries, CancellationToken cancellation)
    {
        foreach (var partition in entries.Distinct().Select(RowOf).GroupBy(row => row.PartitionKey))
        {
            foreach (var part in partition.Chunk(Together))
            {
                await _table.SubmitTransactionAsync(
                    part.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellation);
            }
        }
    }

    /// <summary>
    /// What is due, day by day, in parts of at most 100 rows of one partition. One storage call for 1,000 rows, however
    /// many are scheduled for later days. It begins with the oldest row there is: what is worked off is gone, and what was
    /// scheduled for a day that has passed, or came back with a backup, is not lost.
    /// </summary>
    /// <param name="after">The keys of the row to go on after; null for the beginning.</param>
    public async IAsyncEnumerable<IReadOnlyList<RetentionRow>> DueAsync(
        DateOnly through, (string Partition, string Row)? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {DayText(through.AddDays(1))}");
        if (after is var (partitionKey, rowKey))
            filter += TableClient.CreateQueryFilter($" and (PartitionKey gt {partitionKey} or (PartitionKey eq {partitionKey} and RowKey gt {rowKey}))");
        await foreach (var page in _table.QueryAsync<RetentionRow>(filter, cancellationToken: cancellation).AsPages())
        {
            foreach (var part in page.Values.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(Together))) yield return part;
        }
    }

    /// <summary>Takes rows of one partition out of the schedule. One storage call for up to 100 of them.</summary>
    /// <returns>Those that were still there.</returns>
    public Task<IReadOnlyList<RetentionRow>> RemoveAsync(IReadOnlyList<RetentionRow> rows, CancellationToken cancellation) => _table.DeleteTogetherAsync(rows, cancellation);

    /// <returns><c>yyyyMMdd-nn</c>: the due day and the key's shard.</returns>
    public static string PartitionOf(DateOnly due, string key) => string.Create(
        CultureInfo.InvariantCulture, $"{DayText(due)}-{SHA256.HashData(Encoding.UTF8.GetBytes(key))[0] % Shards:00}");

    private static RetentionRow RowOf(RetentionEntry entry) => new()
    {
        PartitionKey = PartitionOf(entry.Due, entry.Key),
        RowKey = $"{entry.Rule}~{entry.Key}",
    };

    private static string DayText(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
