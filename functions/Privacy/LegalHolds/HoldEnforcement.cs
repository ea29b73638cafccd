using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>
/// Makes out of date whatever a purge, an erasure or the person has read of an account and its orders before there was a hold:
/// what they write is conditional on it, so they look again.
/// </summary>
public sealed class HoldEnforcement(AccountStore accounts, OrderStore orders, ErasureStore erasures, RetentionSchedule schedule, TimeProvider clock)
{
    private const int AtOnce = 8;

    /// <summary>After the hold is stored. Two storage calls, one for each order of the account, and two for each order that is due at this moment.</summary>
    /// <returns>False when there is no such account any more.</returns>
    public async Task<bool> ApplyAsync(string accountId, CancellationToken cancellation)
    {
        if (!await accounts.MarkHeldAsync(accountId, isHeld: true, cancellation)) return false;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        var listed = (await erasures.KeysAsync(accountId, cancellation)).Where(OrderIndex.IsPlace).Select(OrderIndex.OrderIdOf);
        await Parallel.ForEachAsync(listed, parallel, async (orderId, stop) => await orders.RenewTagAsync(orderId, stop));
        // Whatever zone a day is counted in.
        var tomorrow = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1);
        // A purge takes an order out of the list before it deletes it, and out of the schedule afterwards.
        await foreach (var rows in schedule.DueAsync(tomorrow, after: null, cancellation))
            await Parallel.ForEachAsync(rows.Where(row => RetentionRules.IsOfOrder(row.Rule)), parallel, async (row, stop) => await RenewAsync(row.Key, accountId, stop));
        return true;
    }

    private async Task RenewAsync(string orderId, string accountId, CancellationToken cancellation)
    {
        try
        {
            if (await orders.FindAsync(orderId, cancellation) is not { } order || order.AccountId != accountId) return;
        }
        catch (UnreadableOrderException)
        {
            // Nobody knows whose it is.
        }

        await orders.RenewTagAsync(orderId, cancellation);
    }
}
