using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Recipients;

/// <summary>Who was told of which erasure. Each method is one storage call.</summary>
public sealed class RecipientLog(TableServiceClient tables)
{
    private readonly TableClient _erasures = tables.GetTableClient(StorageNames.Erasures);

    public async Task<ImmutableArray<ToldRecipient>> ReadAsync(string reference, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {reference} and RowKey gt {ToldRecipientRow.Prefix} and RowKey lt {ToldRecipientRow.Prefix[..^1] + '.'}");
        var told = ImmutableArray.CreateBuilder<ToldRecipient>();
        await foreach (var row in _erasures.QueryAsync<ToldRecipientRow>(filter, cancellationToken: cancellation))
            told.Add(new(row.RowKey[ToldRecipientRow.Prefix.Length..], Enum.Parse<RecipientOutcome>(row.Outcome), row.At));
        return told.ToImmutable();
    }

    public Task NoteAsync(string reference, ToldRecipient told, CancellationToken cancellation) => _erasures.UpsertEntityAsync(
        new ToldRecipientRow
        {
            PartitionKey = reference,
            RowKey = ToldRecipientRow.Prefix + told.Recipient,
            Outcome = told.Outcome.ToString(),
            At = told.At!.Value,
        },
        TableUpdateMode.Replace,
        cancellation);
}
