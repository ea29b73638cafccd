using Azure.Data.Tables;

namespace Shop.Functions.Accounts;

/// <summary>An account with its consents. Reading is two storage calls, adding one.</summary>
public sealed class ConsentStore(AccountStore accounts)
{
    /// <returns>Null when there is no such account.</returns>
    public async Task<ConsentRecord?> FindAsync(string accountId, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(accountId, cancellation) is not { } account) return null;
        return new(account, [.. await accounts.RowsAsync<ConsentEntity>(accountId, ConsentEntity.Prefix, cancellation)]);
    }

    /// <returns>False when a step was added since it was read.</returns>
    public Task<bool> AddAsync(ConsentRecord recorded, ConsentEntity step, CancellationToken cancellation) =>
        accounts.ChangeAsync(recorded.Account, new(TableTransactionActionType.Add, step), cancellation);

    /// <inheritdoc cref="AddAsync" />
    public Task<bool> ChangeAsync(ConsentRecord recorded, ConsentEntity step, CancellationToken cancellation) =>
        accounts.ChangeAsync(recorded.Account, new(TableTransactionActionType.UpdateReplace, step, step.ETag), cancellation);
}
