using Azure;
using Azure.Data.Tables;

namespace Shop.Functions.Platform.Storage;

public static class TableDeletes
{
    /// <summary>What one transaction takes.</summary>
    private const int Together = 100;

    /// <summary>Deletes rows of one partition, whatever they are by now. One storage call for up to a hundred; where some of these are gone already, one more for each.</summary>
    /// <returns>Those that were still there.</returns>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public static async Task<IReadOnlyList<T>> DeleteTogetherAsync<T>(this TableClient table, IEnumerable<T> rows, CancellationToken cancellation)
        where T : ITableEntity
    {
        var deleted = new List<T>();
        foreach (var part in rows.Chunk(Together))
        {
            var deletions = part.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
            if (part.Length > 1 && await ConditionalWrite.TryAsync(() => table.SubmitTransactionAsync(deletions, cancellation)))
            {
                deleted.AddRange(part);
                continue;
            }

            // Somebody else was faster with some of them, and a transaction is all or nothing.
            foreach (var row in part)
            {
                if ((await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation)).Status != 404) deleted.Add(row);
            }
        }

        return deleted;
    }

    /// <summary>Deletes whatever is in a partition. One storage call for a thousand rows, and one for a hundred.</summary>
    /// <returns>False when there was nothing.</returns>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public static async Task<bool> DeletePartitionAsync(this TableClient table, string partition, CancellationToken cancellation)
    {
        var deleted = false;
        await foreach (var page in KeysAsync(table, partition, maxPerPage: null, cancellation).AsPages())
            deleted |= (await table.DeleteTogetherAsync(page.Values, cancellation)).Count > 0;

        return deleted;
    }

    /// <returns>True when there is anything in the partition. One storage call.</returns>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public static async Task<bool> HasAnyAsync(this TableClient table, string partition, CancellationToken cancellation)
    {
        await foreach (var _ in KeysAsync(table, partition, maxPerPage: 1, cancellation)) return true;
        return false;
    }

    private static AsyncPageable<TableEntity> KeysAsync(TableClient table, string partition, int? maxPerPage, CancellationToken cancellation) => table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), maxPerPage, [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey)], cancellation);
}
