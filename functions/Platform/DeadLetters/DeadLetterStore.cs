using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Platform.DeadLetters;

/// <summary>The table <c>deadLetters</c>: what poison queues keep for seven days only is kept here as long as the policy says.</summary>
public sealed class DeadLetterStore(TableServiceClient tables)
{
    /// <summary>The queues of this app that messages can fail on.</summary>
    public static ImmutableArray<string> Queues { get; } =
        [.. StorageNames.Queues.Where(queue => !queue.EndsWith(StorageNames.PoisonSuffix, StringComparison.Ordinal))];

    private readonly TableClient _table = tables.GetTableClient(StorageNames.DeadLetters);

    /// <returns>True when the text can be the id of a dead letter: nothing else gets into a key.</returns>
    public static bool IsId(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && Queues.Contains(text[..dot]) && text.Length == dot + 33 && text.AsSpan(dot + 1).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>Notes what the last try of a message ended with. One storage call.</summary>
    /// <param name="failure">The kind of failure; no text that may quote the message.</param>
    public Task NoteFailureAsync(string queue, ReadOnlyMemory<byte> body, string failure, string? traceId, CancellationToken cancellation) => _table.UpsertEntityAsync(
        new DeadLetterRow { PartitionKey = queue, RowKey = DeadLetterRow.RowKeyOf(body.Span), Failure = failure, TraceId = traceId }, TableUpdateMode.Merge, cancellation);

    /// <summary>Keeps a message of a poison queue; doing it twice with the same one is the same as once. Two storage calls.</summary>
    /// <param name="messageId">Storage's id of it.</param>
    /// <param name="setAsideAt">When it came onto the poison queue.</param>
    public async Task<string> KeepAsync(string queue, ReadOnlyMemory<byte> body, string messageId, DateTimeOffset setAsideAt, CancellationToken cancellation)
    {
        var key = DeadLetterRow.RowKeyOf(body.Span);
        var row = await _table.FindAsync<DeadLetterRow>(queue, key, cancellation) ?? new DeadLetterRow { PartitionKey = queue, RowKey = key };
        if (row.LastMessage == messageId) return $"{queue}.{key}";
        // Two copies of one message may be kept at the same moment; that one of them is not counted is no loss.
        await _table.UpsertEntityAsync(
            new DeadLetterRow
            {
                PartitionKey = queue,
                RowKey = key,
                Body = body.ToArray(),
                FirstAt = row.FirstAt ?? setAsideAt,
                LastAt = row.LastAt > setAsideAt ? row.LastAt : setAsideAt,
                Times = (row.Times ?? 0) + 1,
                LastMessage = messageId,
            },
            TableUpdateMode.Merge, cancellation);
        return $"{queue}.{key}";
    }

    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellation)
    {
        var (queue, key) = Keys(id);
        return await _table.FindAsync<DeadLetterRow>(queue, key, cancellation) is { Body: not null } row ? row.ToDeadLetter() : null;
    }

    /// <summary>A page of those that wait for a person, by queue. One storage call for every thousand that are stored.</summary>
    /// <param name="queue">Only those of this queue; null for all.</param>
    /// <param name="after">The id of the last one of the page before; null for the first page.</param>
    public async Task<(ImmutableArray<DeadLetter> Letters, string? Next)> PageAsync(string? queue, int size, string? after, CancellationToken cancellation)
    {
        var letters = new List<DeadLetter>();
        await foreach (var row in _table.QueryAsync<DeadLetterRow>(FilterOf(queue, after), cancellationToken: cancellation))
        {
            if (row.Body is null || row.ToDeadLetter() is not { IsOpen: true } letter) continue;
            if (letters.Count == size) return ([.. letters], letters[^1].Id);
            letters.Add(letter);
        }

        return ([.. letters], null);
    }

    /// <summary>How many wait for a person, by queue. One storage call for every thousand that are stored.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountOpenAsync(CancellationToken cancellation)
    {
        var open = Queues.ToDictionary(queue => queue, _ => 0);
        string[] columns =
        [
            nameof(DeadLetterRow.PartitionKey), nameof(DeadLetterRow.RowKey), nameof(DeadLetterRow.Times), nameof(DeadLetterRow.SentBack),
        ];
        await foreach (var row in _table.QueryAsync<DeadLetterRow>(select: columns, cancellationToken: cancellation))
        {
            if (open.ContainsKey(row.PartitionKey) && row.ToDeadLetter().IsOpen) open[row.PartitionKey]++;
        }

        return open;
    }

    /// <summary>Notes that it was sent back: it stays, with its history, and is open again when it fails again.</summary>
    public Task NoteSentBackAsync(DeadLetter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        var (queue, key) = Keys(letter.Id);
        var noted = new TableEntity(queue, key) { [nameof(DeadLetterRow.SentBack)] = letter.Times, [nameof(DeadLetterRow.SentBackAt)] = now };
        return _table.UpdateEntityAsync(noted, ETag.All, TableUpdateMode.Merge, cancellation);
    }

    /// <returns>False when there was none any more.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellation)
    {
        var (queue, key) = Keys(id);
        return (await _table.DeleteEntityAsync(queue, key, ETag.All, cancellation)).Status != 404;
    }

    /// <summary>How many were last written before this: set aside, sent back or noted. One storage call for every thousand.</summary>
    public async Task<int> CountAsync(DateTimeOffset before, CancellationToken cancellation) => await OldAsync(before, cancellation).CountAsync(cancellation);

    /// <summary>Deletes them.</summary>
    /// <returns>How many it deleted.</returns>
    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var deleted = 0;
        await foreach (var row in OldAsync(before, cancellation))
        {
            // One that has just failed again is not old any more.
            if (await ConditionalWrite.TryAsync(() => _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation))) deleted++;
        }

        return deleted;
    }

    /// <summary>By when each was last set aside; of a note without a message, by when it was written.</summary>
    private IAsyncEnumerable<TableEntity> OldAsync(DateTimeOffset before, CancellationToken cancellation) => _table.QueryAsync<TableEntity>(
            select: [nameof(DeadLetterRow.PartitionKey), nameof(DeadLetterRow.RowKey), nameof(DeadLetterRow.Timestamp), nameof(DeadLetterRow.LastAt)], cancellationToken: cancellation)
        .Where(row => (row.GetDateTimeOffset(nameof(DeadLetterRow.LastAt)) ?? row.Timestamp) < before);

    private static string? FilterOf(string? queue, string? after)
    {
        var filter = queue is null ? "" : TableClient.CreateQueryFilter($"PartitionKey eq {queue}");
        if (after is null) return filter.Length == 0 ? null : filter;
        var (partition, key) = Keys(after);
        var beyond = TableClient.CreateQueryFilter($"(PartitionKey gt {partition} or (PartitionKey eq {partition} and RowKey gt {key}))");
        return filter.Length == 0 ? beyond : $"{filter} and {beyond}";
    }

    private static (string Queue, string Key) Keys(string id) => (id[..id.IndexOf('.', StringComparison.Ordinal)], id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..]);
}
