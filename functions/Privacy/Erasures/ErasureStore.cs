using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Shop.Functions.Accounts;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>The state of an erasure in the account, its record, and the queue <c>erasure-runs</c>.</summary>
public sealed class ErasureStore(TableServiceClient tables, QueueServiceClient queues)
{
    /// <summary>What one transaction takes.</summary>
    private const int Together = 100;

    private readonly TableClient _accounts = tables.GetTableClient(StorageNames.Accounts);
    private readonly TableClient _erasures = tables.GetTableClient(StorageNames.Erasures);
    private readonly TableClient _retention = tables.GetTableClient(StorageNames.Retention);
    private readonly QueueClient _runs = queues.GetQueueClient(StorageNames.ErasureRuns);

    /// <returns>Where an erasure stands; null when nobody has asked. One storage call.</returns>
    public async Task<ErasureState?> FindStateAsync(string accountId, CancellationToken cancellation) =>
        await _accounts.FindAsync<ErasureState>(accountId, ErasureState.Row, cancellation) is { Reference: not null } state ? state : null;

    /// <summary>
    /// The point of no return: the account is gone, and its erasure state says that the rest must follow. One storage call, all or
    /// nothing.
    /// </summary>
    /// <returns>False when the account or its erasure state has changed since it was read.</returns>
    public Task<bool> ConfirmAsync(AccountEntity profile, ErasureState confirmed, CancellationToken cancellation) =>
        ConditionalWrite.TryAsync(() => _accounts.SubmitTransactionAsync(
            [new(TableTransactionActionType.Delete, profile, profile.ETag), new(TableTransactionActionType.UpdateReplace, confirmed, confirmed.ETag)],
            cancellation));

    /// <returns>The keys of everything that is left of an account. One storage call for 1,000.</returns>
    public async Task<ImmutableArray<string>> KeysAsync(string accountId, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {accountId}");
        var keys = new List<string>();
        string[] columns = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey)];
        await foreach (var row in _accounts.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellation)) keys.Add(row.RowKey);
        return [.. keys];
    }

    /// <summary>Deletes rows of an account; those that are gone already are passed over. One storage call for 100.</summary>
    public Task DeleteAsync(string accountId, IEnumerable<string> keys, CancellationToken cancellation) =>
        _accounts.DeleteTogetherAsync(keys.Select(key => new TableEntity(accountId, key)), cancellation);

    /// <summary>The end of an erasure: a new account may be opened. One storage call.</summary>
    public async Task ReleaseAsync(ErasureState state, CancellationToken cancellation)
    {
        // Another attempt may have renewed the tag by forgetting the name; one that is of another erasure, or of none, is a new account's.
        for (var found = state; found is not null && found.Reference == state.Reference; found = await FindStateAsync(state.PartitionKey, cancellation))
        {
            var read = found;
            if (await ConditionalWrite.TryAsync(() => _accounts.DeleteEntityAsync(read.PartitionKey, read.RowKey, read.ETag, cancellation))) return;
        }
    }

    /// <summary>Takes it upon oneself to write to the person, of whom the name is not needed for that. One storage call.</summary>
    /// <returns>False when somebody else has carried the erasure on since the state was read.</returns>
    public Task<bool> ClaimMailAsync(ErasureState state, DateTimeOffset now, CancellationToken cancellation)
    {
        (state.MailBegunAt, state.Name) = (now, null);
        return ConditionalWrite.TryAsync(async () =>
            state.ETag = (await _accounts.UpdateEntityAsync(state, state.ETag, TableUpdateMode.Replace, cancellation)).Headers.ETag ?? default);
    }

    /// <summary>The name has been taken out wherever it stood, and only the address is still needed. One storage call.</summary>
    public Task ForgetNameAsync(ErasureState state, CancellationToken cancellation)
    {
        state.Name = null;
        return ConditionalWrite.TryAsync(() => _accounts.UpdateEntityAsync(state, state.ETag, TableUpdateMode.Replace, cancellation));
    }

    /// <summary>Takes the account's row out of the schedule. One storage call.</summary>
    public Task UnscheduleAsync(string partition, string accountId, CancellationToken cancellation) =>
        _retention.DeleteEntityAsync(partition, $"{RetentionRules.Account}~{accountId}", ETag.All, cancellation);

    /// <summary>Writes the record, its orders first; again is the same as once. One storage call for 100 orders, and one more.</summary>
    public async Task RecordAsync(ErasureRecord record, IEnumerable<KeptOrder> kept, CancellationToken cancellation)
    {
        var rows = kept.Select(order => new KeptOrderRow
        {
            PartitionKey = record.PartitionKey,
            RowKey = KeptOrderRow.Prefix + order.Id,
            Number = order.Number,
            Rule = order.Rule,
            Until = new(order.Until, TimeOnly.MinValue, TimeSpan.Zero),
        });
        foreach (var part in rows.Chunk(Together))
            await _erasures.SubmitTransactionAsync(part.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellation);
        await _erasures.UpsertEntityAsync(record, TableUpdateMode.Replace, cancellation);
    }

    /// <returns>The erasure of this reference; null while it is not done. Two storage calls.</returns>
    public async Task<Erasure?> FindAsync(string reference, CancellationToken cancellation)
    {
        if (await _erasures.FindAsync<ErasureRecord>(reference, ErasureRecord.Row, cancellation) is not { } record) return null;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {reference} and RowKey gt {KeptOrderRow.Prefix} and RowKey lt {KeptOrderRow.Prefix[..^1] + '.'}");
        var kept = new List<KeptOrder>();
        await foreach (var row in _erasures.QueryAsync<KeptOrderRow>(filter, cancellationToken: cancellation))
            kept.Add(new(row.RowKey[KeptOrderRow.Prefix.Length..], row.Number, row.Rule, DateOnly.FromDateTime(row.Until.UtcDateTime)));
        return new(reference, record.ConfirmedAt, [.. kept]);
    }

    /// <returns>True when there is a record of this reference. One storage call.</returns>
    public async Task<bool> IsRecordedAsync(string reference, CancellationToken cancellation) =>
        await _erasures.FindAsync<TableEntity>(reference, ErasureRecord.Row, cancellation) is not null;

    /// <summary>Deletes a record whose time is up, its orders first. Two storage calls, and one for each of its orders.</summary>
    /// <returns>False when it was gone already.</returns>
    public async Task<bool> PruneAsync(string reference, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {reference} and RowKey ne {ErasureRecord.Row}");
        await foreach (var row in _erasures.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            await _erasures.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
        return (await _erasures.DeleteEntityAsync(reference, ErasureRecord.Row, ETag.All, cancellation)).Status != 404;
    }

    /// <summary>Sees to it that an erasure is carried on should this process end. One storage call.</summary>
    /// <returns>Takes the message back: it names the account, and must not outlast it. One storage call.</returns>
    public async Task<Func<CancellationToken, Task>> SendAsync(ErasureRun run, TimeSpan delay, CancellationToken cancellation)
    {
        var body = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(run, ErasureRunJson.Default.ErasureRun));
        var sent = (await _runs.SendMessageAsync(body, delay, timeToLive: StoredMessage.Forever, cancellationToken: cancellation)).Value;
        return async stop =>
        {
            try
            {
                await _runs.DeleteMessageAsync(sent.MessageId, sent.PopReceipt, stop);
            }
            catch (RequestFailedException failed) when (failed.Status is 404 or 400)
            {
                // Somebody is handling it, or has.
            }
        };
    }
}
