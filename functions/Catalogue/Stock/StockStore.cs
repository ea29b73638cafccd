using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue.Stock;

/// <summary>
/// Stock levels and what orders have of them. A level and a reservation change in one transaction, if neither has changed since
/// it was read: nothing is sold twice, and no crash leaves one without the other. Doing something twice is the same as once.
/// </summary>
/// <param name="tables">Where it is stored.</param>
/// <param name="backoff">How long whoever lost a race waits; none where nobody else writes.</param>
public sealed class StockStore(TableServiceClient tables, RaceBackoff? backoff = null)
{
    /// <summary>A hot item is one entity: so many races in a row are lost only while very many want it at once.</summary>
    private const int Attempts = 24;

    private const int MostOnHand = 1_000_000_000;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Stock);

    /// <returns>Null for an item of which nobody has said how many there are. One storage call.</returns>
    public async Task<StockLevel?> FindAsync(string sku, CancellationToken cancellation) =>
        (await _table.FindAsync<StockLevelEntity>(sku, StockLevelEntity.Row, cancellation))?.ToLevel();

    /// <summary>Keeps so many of an item for an order that is about to be placed. Two storage calls.</summary>
    /// <returns>False when there are not as many.</returns>
    /// <exception cref="StockContentionException">Too many others want it at the same time.</exception>
    public Task<bool> ReserveAsync(string sku, string orderId, int quantity, CancellationToken cancellation)
    {
        var mayBeHeld = false;
        return RepeatAsync(sku, async () =>
        {
            var level = await _table.FindAsync<StockLevelEntity>(sku, StockLevelEntity.Row, cancellation);
            // An earlier try of the same request may have come as far.
            var held = mayBeHeld || level is null || level.ToLevel().Available < quantity ? await FindHeldAsync(sku, orderId, cancellation) : null;
            var more = quantity - (held?.Reserved ?? 0);
            // Once the order is stored, what it has follows the order.
            // Another request under the same key may ask for less: it takes nothing from the one that asks for more.
            if (held is { Version: > 0 } || (held is not null && more <= 0)) return true;
            if (level is null || level.ToLevel().Available < more) return false;
            level.Reserved += more;
            mayBeHeld = true;
            var reservation = held ?? new() { PartitionKey = sku, RowKey = StockReservationEntity.Prefix + orderId };
            reservation.Reserved = quantity;
            return await WriteAsync(Replace(level), held is null ? new(TableTransactionActionType.Add, reservation) : Replace(reservation), cancellation) ? true : null;
        }, cancellation);
    }

    /// <summary>
    /// Once the order is stored: makes sure that so many are kept for it, and that nobody gives them back any more who still takes it for
    /// one that is not there. Two storage calls where they are.
    /// </summary>
    /// <exception cref="StockContentionException">Too many others want it at the same time.</exception>
    public async Task<StockConfirmation> ConfirmAsync(string sku, string orderId, int quantity, CancellationToken cancellation)
    {
        var outcome = StockConfirmation.Kept;
        await RepeatAsync(sku, async () =>
        {
            var held = await FindHeldAsync(sku, orderId, cancellation);
            if (held is { Version: > 0 }) return true;
            var more = quantity - (held?.Reserved ?? 0);
            var level = held is not null && more == 0 ? null : await _table.FindAsync<StockLevelEntity>(sku, StockLevelEntity.Row, cancellation);
            if ((held is null || more != 0) && (level is null || (more > 0 && level.ToLevel().Available < more)))
            {
                outcome = StockConfirmation.Gone;
                return true;
            }

            if (level is not null) (outcome, level.Reserved) = (StockConfirmation.Renewed, level.Reserved + more);
            var reservation = held ?? new() { PartitionKey = sku, RowKey = StockReservationEntity.Prefix + orderId };
            (reservation.Reserved, reservation.Version) = (quantity, StockReservationEntity.Confirmed);
            return await WriteAsync(level is null ? null : Replace(level), held is null ? new(TableTransactionActionType.Add, reservation) : Replace(reservation), cancellation) ? true : null;
        }, cancellation);
        return outcome;
    }

    /// <summary>Gives back what was kept for an order that was not placed, unless somebody else has placed it meanwhile. Three storage calls.</summary>
    /// <exception cref="StockContentionException">Too many others want it at the same time.</exception>
    public Task ReleaseAsync(string sku, string orderId, CancellationToken cancellation) => RepeatAsync(sku, async () =>
    {
        if (await FindHeldAsync(sku, orderId, cancellation) is not { Version: 0 } held) return true;
        if (await _table.FindAsync<StockLevelEntity>(sku, StockLevelEntity.Row, cancellation) is not { } level) return true;
        level.Reserved -= held.Reserved;
        return await WriteAsync(Replace(level), Delete(held), cancellation) ? true : null;
    }, cancellation);

    /// <summary>
    /// Brings what an order has of an item to what its state says, as far as there is as much. What was never reserved stays so. One
    /// storage call where nothing has changed, three otherwise.
    /// </summary>
    /// <param name="claim">Null when there is no such order, or nothing of the item on it: then it has nothing.</param>
    /// <returns>How many it should have and has not: what it had was freed, and is sold.</returns>
    /// <exception cref="StockContentionException">Too many others want it at the same time.</exception>
    public async Task<int> FollowAsync(string sku, string orderId, StockClaim? claim, CancellationToken cancellation)
    {
        var lacking = 0;
        await RepeatAsync(sku, async () =>
        {
            lacking = 0;
            if (await FindHeldAsync(sku, orderId, cancellation) is not { } held || claim?.Version < held.Version) return true;
            // The state is noted even where the item is the same in it: what an earlier one says late counts no more.
            if (claim is { IsOver: false } && (held.Reserved, held.Shipped, held.Version) == (claim.Reserved, claim.Shipped, claim.Version)) return true;
            if (await _table.FindAsync<StockLevelEntity>(sku, StockLevelEntity.Row, cancellation) is not { } level) return true;
            var left = (claim?.Shipped ?? held.Shipped) - held.Shipped;
            level.OnHand -= left;
            var wanted = (claim?.Reserved ?? 0) - held.Reserved;
            var more = wanted > 0 ? Math.Clamp(level.ToLevel().Available, 0, wanted) : wanted;
            lacking = wanted - more;
            level.Reserved += more;
            var isSame = (left, more) == (0, 0);
            if (isSame && claim is { IsOver: false } && held.Version == claim.Version) return true;
            (held.Reserved, held.Shipped, held.Version) = (held.Reserved + more, held.Shipped + left, claim?.Version ?? 0);
            return await WriteAsync(isSame ? null : Replace(level), claim is { IsOver: false } ? Replace(held) : Delete(held), cancellation) ? true : null;
        }, cancellation);
        return lacking;
    }

    /// <summary>Staff add to what is there, or take from it. Three storage calls.</summary>
    /// <param name="key">The request's own: the same one again changes nothing.</param>
    /// <exception cref="StockContentionException">Too many others want it at the same time.</exception>
    public async Task<StockAdjustment> AdjustAsync(string sku, string key, int change, string reason, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = StockAdjustmentEntity.Prefix + TextHash.Of(key, 16);
        var (level, outcome) = (new StockLevelEntity(), StockAdjustmentOutcome.Done);
        await RepeatAsync(sku, async () =>
        {
            var known = await _table.FindAsync<StockLevelEntity>(sku, StockLevelEntity.Row, cancellation);
            level = known ?? new() { PartitionKey = sku };
            if (await _table.FindAsync<StockAdjustmentEntity>(sku, row, cancellation) is { } earlier)
            {
                outcome = (earlier.Change, earlier.Reason) == (change, reason) ? StockAdjustmentOutcome.Replayed : StockAdjustmentOutcome.KeyReused;
                return true;
            }

            if (!TryMove(level, change))
            {
                outcome = StockAdjustmentOutcome.Impossible;
                return true;
            }

            var adjustment = new StockAdjustmentEntity { PartitionKey = sku, RowKey = row, At = at, Change = change, Reason = reason };
            return await WriteAsync(known is null ? new(TableTransactionActionType.Add, level) : Replace(level), new(TableTransactionActionType.Add, adjustment), cancellation) ? true : null;
        }, cancellation);
        return new(level.ToLevel(), outcome);
    }

    /// <summary>So many of what came back in a parcel are on the shelf again, those included of which it was said before. Three storage calls.</summary>
    /// <param name="parcel">What stands on its label.</param>
    /// <exception cref="StockContentionException">Too many others want it at the same time.</exception>
    public async Task<StockAdjustment> RestockAsync(string sku, string parcel, int quantity, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = StockAdjustmentEntity.ParcelPrefix + TextHash.Of(parcel, 16);
        var (level, outcome) = (new StockLevelEntity(), StockAdjustmentOutcome.Done);
        await RepeatAsync(sku, async () =>
        {
            var known = await _table.FindAsync<StockLevelEntity>(sku, StockLevelEntity.Row, cancellation);
            level = known ?? new() { PartitionKey = sku };
            var earlier = await _table.FindAsync<StockAdjustmentEntity>(sku, row, cancellation);
            var change = quantity - (earlier?.Change ?? 0);
            outcome = change == 0 ? StockAdjustmentOutcome.Replayed : TryMove(level, change) ? StockAdjustmentOutcome.Done : StockAdjustmentOutcome.Impossible;
            if (outcome != StockAdjustmentOutcome.Done) return true;
            var adjustment = earlier ?? new() { PartitionKey = sku, RowKey = row, Reason = StockReasons.Returned };
            (adjustment.Change, adjustment.At) = (quantity, at);
            return await WriteAsync(
                known is null ? new(TableTransactionActionType.Add, level) : Replace(level),
                earlier is null ? new(TableTransactionActionType.Add, adjustment) : Replace(adjustment),
                cancellation) ? true : null;
        }, cancellation);
        return new(level.ToLevel(), outcome);
    }

    /// <summary>More parcels may have left than were counted, and then there are fewer than none: what comes is taken all the same.</summary>
    /// <returns>False when fewer than none after taking some away, or more than can be counted, would be on hand.</returns>
    private static bool TryMove(StockLevelEntity level, int change)
    {
        var after = (long)level.OnHand + change;
        if (after > MostOnHand || (change < 0 && after < 0)) return false;
        level.OnHand = (int)after;
        return true;
    }

    /// <returns>What <paramref name="step"/> gives, once it gives something: null is a lost race.</returns>
    private async Task<bool> RepeatAsync(string sku, Func<Task<bool?>> step, CancellationToken cancellation)
    {
        for (var lost = 0; lost < Attempts; lost++)
        {
            if (lost > 0 && backoff is not null) await backoff.WaitAsync(lost, cancellation);
            if (await step() is { } done) return done;
        }

        throw new StockContentionException(sku);
    }

    /// <summary>All or nothing. One storage call.</summary>
    /// <returns>False when somebody else was faster with any of it.</returns>
    private async Task<bool> WriteAsync(TableTransactionAction? first, TableTransactionAction second, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync(first is null ? [second] : [first, second], cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static TableTransactionAction Delete(ITableEntity entity) => new(TableTransactionActionType.Delete, entity, entity.ETag);

    private static TableTransactionAction Replace(ITableEntity entity) => new(TableTransactionActionType.UpdateReplace, entity, entity.ETag);

    private Task<StockReservationEntity?> FindHeldAsync(string sku, string orderId, CancellationToken cancellation) =>
        _table.FindAsync<StockReservationEntity>(sku, StockReservationEntity.Prefix + orderId, cancellation);
}

/// <summary>An item is wanted by too many at once; asking again later helps.</summary>
public sealed class StockContentionException(string sku) : UnavailableException($"The stock of {sku}, which too many want at once,");
