using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// The texts of the breach register. Law wants them kept, and they are about what happened, not about a person; where they
/// name somebody all the same, that is found here. There are few breaches, so they are read together.
/// </summary>
public sealed class BreachNotes(TableServiceClient tables)
{
    /// <summary>Races are short, and between few.</summary>
    internal const int Attempts = 8;

    private static readonly ImmutableArray<string> Columns =
    [
        .. DataMap.OfShop.Find(StorageNames.Breaches, BreachEntity.Prefix)!.Properties.Where(property => property.Class == DataClass.Note).Select(property => property.Name),
    ];

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Breaches);

    /// <summary>Takes people out of every revision, and leaves the rest as it was. One storage call, and one for each revision that named one of them.</summary>
    /// <exception cref="UnavailableException">Too many others changed the register at the same time.</exception>
    public async Task EraseAsync(IReadOnlyCollection<PersonInText> people, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var isWhole = true;
            await foreach (var row in RevisionsAsync(cancellation))
            {
                var erased = new TableEntity(row.PartitionKey, row.RowKey);
                foreach (var (column, text) in TextsOf(row))
                {
                    var without = people.Aggregate(text, (left, person) => person.Erase(left));
                    if (without != text) erased[column] = without;
                }

                // Another erasure was faster, or a further revision was written of this one: what that took over must be seen as well.
                if (erased.Count > 2) isWhole &= await ConditionalWrite.TryAsync(() => _table.UpdateEntityAsync(erased, row.ETag, TableUpdateMode.Merge, cancellation));
            }

            if (isWhole) return;
        }

        throw new UnavailableException("The register of breaches, which too many are changing at once,");
    }

    /// <param name="listedIn">The breaches that list the account: there the name is meant, and elsewhere it may be somebody else's.</param>
    /// <returns>Of every revision that names somebody, the lines that do. One storage call.</returns>
    public async IAsyncEnumerable<TableEntity> NamingAsync(PersonInText person, IReadOnlySet<string> listedIn, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in RevisionsAsync(cancellation))
        {
            var named = new TableEntity(row.PartitionKey, row.RowKey);
            foreach (var (column, text) in TextsOf(row))
            {
                if (person.LinesOf(text, listedIn.Contains(row.PartitionKey)) is { IsEmpty: false } lines) named[column] = string.Join('\n', lines);
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
