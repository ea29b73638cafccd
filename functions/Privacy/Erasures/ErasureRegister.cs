using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>The records of all erasures, read together: they name nobody, and six years hold few.</summary>
public sealed class ErasureRegister(TableServiceClient tables)
{
    private readonly TableClient _erasures = tables.GetTableClient(StorageNames.Erasures);

    /// <returns>The newest first. One storage call for 1,000 rows.</returns>
    public async Task<ImmutableArray<RecordedErasure>> AllAsync(CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in _erasures.QueryAsync<TableEntity>(cancellationToken: cancellation)) rows.Add(row);
        return
        [
            .. from erasure in rows.GroupBy(row => row.PartitionKey)
               let record = erasure.FirstOrDefault(row => row.RowKey == ErasureRecord.Row)
               // Its orders are written first: one that was cut off there is not done.
               where record is not null
               let at = record.GetDateTimeOffset(nameof(ErasureRecord.ConfirmedAt))
               orderby at descending
               select new RecordedErasure(
                   erasure.Key,
                   at,
                   record.GetString(nameof(ErasureRecord.StaffId)) is null ? "person" : "staff",
                   record.GetString(nameof(ErasureRecord.PolicyVersion)),
                   [.. erasure.Where(row => row.RowKey.StartsWith(KeptOrderRow.Prefix, StringComparison.Ordinal)).GroupBy(row => row.GetString(nameof(KeptOrderRow.Rule)) ?? "unknown").Select(Kept).OrderBy(kept => kept.Rule, StringComparer.Ordinal)],
                   [.. erasure.Where(row => row.RowKey.StartsWith(ToldRecipientRow.Prefix, StringComparison.Ordinal)).Select(Told).OrderBy(told => told.Recipient, StringComparer.Ordinal)]),
        ];
    }

    private static ToldRecipient Told(TableEntity row) => new(
        row.RowKey[ToldRecipientRow.Prefix.Length..],
        Enum.TryParse<RecipientOutcome>(row.GetString(nameof(ToldRecipientRow.Outcome)), out var outcome) ? outcome : RecipientOutcome.Pending,
        row.GetDateTimeOffset(nameof(ToldRecipientRow.At)));

    private static RecordedErasure.Kept Kept(IGrouping<string, TableEntity> orders) => new(
        orders.Key, orders.Count(), orders.Max(row => row.GetDateTimeOffset(nameof(KeptOrderRow.Until))) is { } until ? DateOnly.FromDateTime(until.UtcDateTime) : null);
}
