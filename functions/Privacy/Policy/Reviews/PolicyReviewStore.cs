using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Policy.Reviews;

/// <summary>The reviews of the policy: one a year, so they are read together. Each method is one storage call, unless it says more.</summary>
public sealed class PolicyReviewStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.PolicyReviews);

    public Task RecordAsync(PolicyReview review, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(PolicyReviewRow.Of(review), TableUpdateMode.Replace, cancellation);

    /// <returns>The newest first.</returns>
    public async Task<ImmutableArray<PolicyReview>> AllAsync(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PolicyReviewRow.Partition} and RowKey gt {PolicyReviewRow.Prefix}");
        var all = ImmutableArray.CreateBuilder<PolicyReview>();
        await foreach (var row in _table.QueryAsync<PolicyReviewRow>(filter, cancellationToken: cancellation)) all.Add(row.ToReview());
        return all.ToImmutable();
    }

    /// <summary>Two storage calls.</summary>
    /// <returns>When the next review is due, if the privacy officer is to be told of it now; else null.</returns>
    public async Task<DateTimeOffset?> DueReminderAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var dueAt = PolicyReviewClock.DueAt((await AllAsync(cancellation)).FirstOrDefault());
        return PolicyReviewClock.IsToBeTold(dueAt, await MailedAtAsync(cancellation), now) ? dueAt : null;
    }

    /// <returns>When a mail last said that one is due.</returns>
    private async Task<DateTimeOffset?> MailedAtAsync(CancellationToken cancellation) =>
        (await _table.FindAsync<PolicyReminder>(PolicyReviewRow.Partition, PolicyReminder.Row, cancellation))?.MailedAt;

    public Task NoteMailedAsync(DateTimeOffset at, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(new PolicyReminder { MailedAt = at }, TableUpdateMode.Replace, cancellation);
}
