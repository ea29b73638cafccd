using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>The register: revisions are added, each only once, and never changed but to take somebody out who is erased.</summary>
public sealed class BreachStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.Breaches);

    /// <returns>True when the text can be a breach's id.</returns>
    public static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Stores a new breach. What makes it findable is written first: a crash leaves at worst a pointer to nothing.</summary>
    /// <param name="accounts">The accounts that are listed as affected, if any.</param>
    public async Task AddAsync(Breach first, ImmutableArray<string>? accounts, CancellationToken cancellation)
    {
        TableTransactionAction[] lists =
        [
            new(TableTransactionActionType.UpsertReplace, BreachListRow.Open(first.Id)),
            new(TableTransactionActionType.UpsertReplace, BreachListRow.All(first)),
        ];
        await _table.SubmitTransactionAsync(lists, cancellation);
        // The id is new: a revision that is there already was written by an earlier try of this very call.
        await AppendAsync(null, first, accounts, cancellation);
    }

    /// <summary>Adds a revision, together with the accounts that are listed in it, or nothing.</summary>
    /// <param name="previous">What it takes its texts over from; null for the first.</param>
    /// <returns>False when somebody else has added one since the last was read, or somebody was taken out of that.</returns>
    public async Task<bool> AppendAsync(Breach? previous, Breach next, ImmutableArray<string>? accounts, CancellationToken cancellation)
    {
        var parts = (accounts ?? []).Chunk(BreachAccountsRow.MaxAccounts).Select((ids, part) => new BreachAccountsRow
        {
            PartitionKey = next.Id,
            RowKey = BreachAccountsRow.RowKeyOf(next.Revision, part),
            AccountIds = string.Join('\n', ids),
        });
        try
        {
            await _table.SubmitTransactionAsync([.. Unchanged(previous), Add(BreachEntity.Of(next)), .. parts.Select(Add)], cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 409 or 412)
        {
            return false;
        }

        static TableTransactionAction Add(ITableEntity row) => new(TableTransactionActionType.Add, row);

        // It writes nothing, but renews the tag: an erasure that has read the earlier revision sees this one as well.
        static IEnumerable<TableTransactionAction> Unchanged(Breach? breach) =>
            breach is null ? [] : [new(TableTransactionActionType.UpdateMerge, new TableEntity(breach.Id, BreachEntity.RowKeyOf(breach.Revision)), breach.ETag)];
    }

    /// <summary>
    /// Deletes a breach whose time is up. The latest revision goes last: while it is there, whatever else is left of the
    /// breach is found by it.
    /// </summary>
    /// <returns>False when there is nothing of it any more.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellation)
    {
        var keys = (await KeysAsync(TableClient.CreateQueryFilter($"PartitionKey eq {id}"), cancellation)).Select(row => row.RowKey).ToList();
        // Few breaches are on the list, and of one that cannot be read nobody knows its place in it.
        foreach (var listed in (await KeysAsync(Between(BreachListRow.Partition, "list-"), cancellation)).Where(row => row.RowKey.EndsWith(id, StringComparison.Ordinal)))
            await _table.DeleteEntityAsync(listed.PartitionKey, listed.RowKey, ETag.All, cancellation);
        var deleted = false;
        foreach (var key in keys.OrderBy(IsRevision).ThenByDescending(key => key, StringComparer.Ordinal))
            deleted |= (await _table.DeleteEntityAsync(id, key, ETag.All, cancellation)).Status != 404;
        return deleted;

        static bool IsRevision(string key) => key.StartsWith(BreachEntity.Prefix, StringComparison.Ordinal);
    }

    /// <returns>When anything of a breach was last written; null when there is nothing of it. One storage call.</returns>
    public async Task<DateTimeOffset?> LastWrittenAsync(string id, CancellationToken cancellation) =>
        (await KeysAsync(TableClient.CreateQueryFilter($"PartitionKey eq {id}"), cancellation)).Max(row => row.Timestamp);

    private async Task<List<TableEntity>> KeysAsync(string filter, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        string[] columns = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), nameof(ITableEntity.Timestamp)];
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellation)) rows.Add(row);
        return rows;
    }

    /// <summary>The latest revision. One storage call.</summary>
    public async Task<Breach?> FindAsync(string id, CancellationToken cancellation) =>
        (await TakeAsync<BreachEntity>(Between(id, BreachEntity.Prefix), 1, cancellation)).FirstOrDefault()?.ToBreach();

    /// <summary>The alerts that were raised, at most 1,000. One storage call.</summary>
    public async Task<ImmutableArray<RaisedAlert>> AlertsAsync(string id, CancellationToken cancellation) =>
        [.. (await TakeAsync<BreachAlertRow>(Between(id, BreachAlertRow.Prefix), 1_000, cancellation)).Select(row => row.ToAlert())];

    /// <param name="key">As a <see cref="RaisedAlert"/> has it.</param>
    public async Task<RaisedAlert?> FindAlertAsync(string id, string key, CancellationToken cancellation) =>
        (await _table.FindAsync<BreachAlertRow>(id, key, cancellation))?.ToAlert();

    /// <summary>A page of the revisions, the latest first. One storage call.</summary>
    /// <param name="after">The last key of the page before; null for the first.</param>
    public async Task<(ImmutableArray<Breach> Revisions, string? Next)> RevisionsAsync(
        string id, int size, string? after, CancellationToken cancellation)
    {
        var rows = await TakeAsync<BreachEntity>(Between(id, BreachEntity.Prefix, after), size + 1, cancellation);
        return ([.. rows.Take(size).Select(row => row.ToBreach())], rows.Count > size ? rows[size - 1].RowKey : null);
    }

    /// <summary>A page of the breaches, the newest first, each with a call of its own.</summary>
    /// <param name="after">The last key of the page before; null for the first.</param>
    public async Task<(ImmutableArray<Breach> Breaches, string? Next)> PageAsync(int size, string? after, CancellationToken cancellation)
    {
        var rows = await TakeAsync<BreachListRow>(Between(BreachListRow.Partition, BreachListRow.AllPrefix, after), size + 1, cancellation);
        var found = await Task.WhenAll(rows.Take(size).Select(row => FindAsync(row.BreachId, cancellation)));
        return ([.. found.OfType<Breach>()], rows.Count > size ? rows[size - 1].RowKey : null);
    }

    /// <returns>True when the text is a key that a page of revisions or of the list may end with.</returns>
    public static bool IsPlace(string text) =>
        text.Length is > 4 and < 80
        && (text.StartsWith(BreachListRow.AllPrefix, StringComparison.Ordinal) || text.StartsWith(BreachEntity.Prefix, StringComparison.Ordinal))
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>The accounts that were listed with a revision.</summary>
    public async Task<ImmutableArray<string>> ListedAccountsAsync(string id, int revision, CancellationToken cancellation)
    {
        var first = BreachAccountsRow.RowKeyOf(revision, 0);
        var rows = await TakeAsync<BreachAccountsRow>(Between(id, first[..^2]), 100, cancellation);
        return [.. rows.SelectMany(row => row.AccountIds.Split('\n'))];
    }

    /// <summary>
    /// Puts something else in the place of accounts on the lists of those that a breach affected, so that how many there were
    /// stays on record: the one change that the register allows. One storage call, and one for each list that has one of them.
    /// </summary>
    /// <param name="substitutes">By account id.</param>
    /// <exception cref="UnavailableException">Too many others changed the lists at the same time.</exception>
    public async Task PseudonymiseAsync(IReadOnlyDictionary<string, string> substitutes, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey ge {BreachAccountsRow.Prefix} and RowKey lt {BreachAccountsRow.Prefix[..^1] + "."}");
        for (var attempt = 0; attempt < BreachNotes.Attempts; attempt++)
        {
            var isWhole = true;
            await foreach (var row in _table.QueryAsync<BreachAccountsRow>(filter, cancellationToken: cancellation))
            {
                var ids = row.AccountIds.Split('\n');
                if (!ids.Any(substitutes.ContainsKey)) continue;
                row.AccountIds = string.Join('\n', ids.Select(id => substitutes.GetValueOrDefault(id, id)));
                // Another erasure was faster with somebody else on the same list.
                isWhole &= await ConditionalWrite.TryAsync(() => _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation));
            }

            if (isWhole) return;
        }

        throw new UnavailableException("The register of breaches, which too many are changing at once,");
    }

    /// <summary>The breaches that are open, and none of the closed ones.</summary>
    public AsyncPageable<BreachListRow> OpenAsync(CancellationToken cancellation) =>
        _table.QueryAsync<BreachListRow>(Between(BreachListRow.Partition, BreachListRow.OpenPrefix), cancellationToken: cancellation);

    /// <summary>Takes a closed breach off the list of open ones; doing it twice is the same as once.</summary>
    public Task RemoveFromOpenAsync(string id, CancellationToken cancellation) =>
        _table.DeleteEntityAsync(BreachListRow.Partition, BreachListRow.OpenPrefix + id, ETag.All, cancellation);

    /// <returns>False when the alert is there already: whoever added it raises it.</returns>
    public async Task<bool> AddAlertAsync(string id, DateTimeOffset dueAt, int hoursLeft, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = new BreachAlertRow { PartitionKey = id, RowKey = BreachAlertRow.RowKeyOf(dueAt, hoursLeft), DueAt = dueAt, HoursLeft = hoursLeft, RaisedAt = now };
        try
        {
            await _table.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Notes that an alert is raised again.</summary>
    /// <returns>False when somebody else has raised it, or has sent its mail, since it was read.</returns>
    public async Task<bool> RaiseAgainAsync(string id, RaisedAlert alert, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await NoteAsync(id, alert.Key, nameof(BreachAlertRow.ToldAt), now, alert.ETag, cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Notes that the mail of an alert was sent.</summary>
    public Task NoteMailedAsync(string id, string key, DateTimeOffset now, CancellationToken cancellation) =>
        NoteAsync(id, key, nameof(BreachAlertRow.MailedAt), now, ETag.All, cancellation);

    private Task NoteAsync(string id, string key, string what, DateTimeOffset now, ETag tag, CancellationToken cancellation) => _table.UpdateEntityAsync(
        new TableEntity(id, key) { [what] = now }, tag, TableUpdateMode.Merge, cancellation);

    private async Task<List<T>> TakeAsync<T>(string filter, int most, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        var rows = new List<T>();
        await foreach (var row in _table.QueryAsync<T>(filter, maxPerPage: most, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count == most) break;
        }

        return rows;
    }

    /// <summary>The rows whose key begins with a prefix that ends in '-', after the given one: '.' follows '-'.</summary>
    private static string Between(string partition, string prefix, string? after = null) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after ?? prefix} and RowKey lt {prefix[..^1] + "."}");
}
