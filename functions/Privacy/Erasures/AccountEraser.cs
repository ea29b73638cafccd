using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Holds;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>
/// Carries out an erasure that was confirmed. Every step is safe to repeat and looks at what is left, so a crash anywhere
/// only delays: whoever comes next, with the same confirmation or by the queue, does the rest. What leads to the other
/// things goes last.
/// </summary>
public sealed partial class AccountEraser(
    ErasureStore erasures,
    OrderStore orders,
    ReconciliationQueue reconciliations,
    BreachStore breaches,
    LegalHolds holds,
    RetentionRows retention,
    RetentionPolicy policy,
    ILogger<AccountEraser> logger,
    TimeProvider clock)
{
    /// <param name="slot">Confirmed.</param>
    public async Task<Erasure> RunAsync(ErasureSlot slot, CancellationToken cancellation)
    {
        var accountId = slot.PartitionKey;
        var keys = await erasures.KeysAsync(accountId, cancellation);
        var kept = ImmutableArray.CreateBuilder<KeptOrder>();
        foreach (var place in keys.Where(OrderIndex.IsPlace))
        {
            if (await RestrictAsync(OrderIndex.OrderIdOf(place), cancellation) is { } order) kept.Add(ErasureDecision.KeptOf(order, policy));
        }

        await breaches.ForgetAsync(accountId, $"erased-{slot.Reference}", cancellation);
        // One that was placed in the moment of the confirmation: it holds nothing any more, and its key is the account's id.
        if (await holds.LiftAsync(accountId, cancellation)) LogHoldTooLate(slot.Reference!);
        await RecordAsync(slot, kept.ToImmutable(), cancellation);
        if (slot.FiledIn is { } filedIn) await erasures.UnfileAsync(filedIn, accountId, cancellation);
        await erasures.DeleteAsync(accountId, keys.Where(key => key != ErasureSlot.Row), cancellation);
        // An attempt that was cut off may have recorded orders whose rows are gone by now.
        var done = await erasures.FindAsync(slot.Reference!, cancellation);
        await erasures.FreeAsync(slot, cancellation);
        return done!;
    }

    private async Task<Order?> RestrictAsync(string orderId, CancellationToken cancellation)
    {
        var order = await orders.ChangeAsync(orderId, current => Restriction.WithoutAccount(current, clock.GetUtcNow()), cancellation);
        // Its pages are still to be closed, or money to be sent back; an earlier attempt may not have got to say so.
        if (order is not null && Settlement.Of(order).OwesSomething) await reconciliations.SendAsync(new(orderId, "erased"), TimeSpan.Zero, cancellation);
        return order;
    }

    private async Task RecordAsync(ErasureSlot slot, ImmutableArray<KeptOrder> kept, CancellationToken cancellation)
    {
        var record = new ErasureRecord
        {
            PartitionKey = slot.Reference!,
            ConfirmedAt = slot.ConfirmedAt!.Value,
            StaffId = slot.StaffId,
            PolicyVersion = policy.Version,
        };
        // The diary comes first: nothing is ever held that no row of it points to.
        var due = new DateTimeOffset(policy.ErasureRecordDue(slot.ConfirmedAt.Value), TimeOnly.MinValue, TimeSpan.Zero);
        await retention.FileAsync(due, RetentionRules.ErasureRecord, slot.Reference!, cancellation);
        await erasures.RecordAsync(record, kept, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "A legal hold came too late for erasure {Reference}")]
    private partial void LogHoldTooLate(string reference);
}
