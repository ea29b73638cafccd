using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// The texts of the breach register. Law wants them kept, and they are about what happened, not about a person; where they
/// name somebody all the same, that is found here. There are few breaches, so they are read together.
/// </summary>
public sealed class BreachNotes(TableServiceClient tables)
{
    private static readonly ImmutableArray<string> Columns =
    [
        .. DataMap.OfShop.Find(StorageNames.Breaches, BreachEntity.Prefix)!.Properties.Where(property => property.Class == DataClass.Note).Select(property => property.Name),
    ];

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Breaches);

    /// <summary>Takes somebody's address out of every revision, and leaves the rest as it was. One storage call, and one for each revision that had one.</summary>
    public async Task EraseAsync(AddressInText address, CancellationToken cancellation)
    {
        await foreach (var row in RevisionsAsync(cancellation))
        {
            var erased = new TableEntity(row.PartitionKey, row.RowKey);
            foreach (var (column, text) in TextsOf(row))
            {
                var without = address.Erase(text);
                if (without != text) erased[column] = without;
            }

            // Whoever is late of two erasures at once fails, and does it again when the erasure is carried on.
            if (erased.Count > 2) await _table.UpdateEntityAsync(erased, row.ETag, TableUpdateMode.Merge, cancellation);
        }
    }

    /// <returns>Of every revision that names somebody, the lines that do. One storage call.</returns>
    public async IAsyncEnumerable<TableEntity> NamingAsync(AddressInText address, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in RevisionsAsync(cancellation))
        {
            var named = new TableEntity(row.PartitionKey, row.RowKey);
            foreach (var (column, text) in TextsOf(row))
            {
                if (address.LinesOf(text) is { IsEmpty: false } lines) named[column] = string.Join('\n', lines);
            }

            if (named.Count > 2) yield return named;
        }
    }

    private IAsyncEnumerable<TableEntity> RevisionsAsync(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey ge {BreachEntity.Prefix} and RowKey lt {BreachEntity.Prefix[..^1] + "."}");
        string[] columns = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), .. Columns];
        return _table.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellation);
    }

    private static IEnumerable<(string Column, string Text)> TextsOf(TableEntity row) =>
        from column in Columns where row[column] is string select (column, (string)row[column]);
}
