using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.LegalHolds;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Privacy.Purges;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>
/// Carries out an erasure that was confirmed. Every step is safe to repeat and looks at what is left, so a crash anywhere
/// only delays: whoever comes next, with the same confirmation or by the queue, does the rest. What leads to the other
/// things goes last.
/// </summary>
public sealed partial class AccountEraser(
    ErasureStore erasures,
    OrderStore orders,
    DamagedOrders damagedOrders,
    ReconciliationQueue reconciliations,
    BreachStore breaches,
    BreachNotes breachNotes,
    LegalHoldStore holds,
    RecipientNotices recipients,
    IErasedPerson person,
    RetentionSchedule retention,
    RetentionPolicy policy,
    ILogger<AccountEraser> logger,
    TimeProvider clock)
{
    /// <summary>Longer than handing the last mail over may take, and shorter than until the next try.</summary>
    private static readonly TimeSpan MailLease = TimeSpan.FromMinutes(2);

    /// <param name="state">Confirmed.</param>
    public async Task<Erasure> RunAsync(ErasureState state, CancellationToken cancellation)
    {
        var accountId = state.PartitionKey;
        var keys = await erasures.KeysAsync(accountId, cancellation);
        var kept = ImmutableArray.CreateBuilder<KeptOrder>();
        foreach (var place in keys.Where(OrderIndex.IsPlace))
        {
            if (await RestrictAsync(OrderIndex.OrderIdOf(place), state.ConfirmedAt!.Value, cancellation) is { } order) kept.Add(order);
        }

        await breaches.PseudonymiseAsync(new Dictionary<string, string> { [accountId] = $"erased-{state.Reference}" }, cancellation);
        await breachNotes.EraseAsync([new(state.Email, state.Name)], cancellation);
        // One that was placed in the moment of the confirmation: it holds nothing any more, and its key is the account's id.
        if (await holds.LiftAsync(LegalHoldEntity.Partition, accountId, cancellation)) LogHoldTooLate(state.Reference!);
        await RecordAsync(state, kept.ToImmutable(), cancellation);
        if (state.RetentionPartition is { } partition) await erasures.UnscheduleAsync(partition, accountId, cancellation);
        await erasures.DeleteAsync(accountId, keys.Where(key => key != ErasureState.Row), cancellation);
        // An attempt that was cut off may have recorded orders whose rows are gone by now.
        var done = await erasures.FindAsync(state.Reference!, cancellation);
        done = done! with { Told = state.Email is { } email ? await recipients.TellAsync(email, state.Reference!, state.ConfirmedAt!.Value, cancellation) : [] };
        // Last, so that the mail is about something that is done. A crash before the address goes sends it again, under the same id.
        if (state.Email is { } address && !done.IsToBeTold) done = done with { IsPersonTold = await IsTellingOverAsync(address, state, done, cancellation) };
        if (!done.IsToBeTold) await erasures.ReleaseAsync(state, cancellation);
        else if (state.Name is not null) await erasures.ForgetNameAsync(state, cancellation);
        return done;
    }

    /// <returns>The erasure of this reference, and who was told of it; null while it is not done.</returns>
    public async Task<Erasure?> FindAsync(string reference, CancellationToken cancellation) =>
        await erasures.FindAsync(reference, cancellation) is { } done ? done with { Told = await recipients.ReadAsync(reference, cancellation) } : null;

    /// <returns>False while the person is to be told later; the address is kept for it no longer than for anybody else.</returns>
    private async Task<bool> IsTellingOverAsync(string email, ErasureState state, Erasure done, CancellationToken cancellation)
    {
        var (now, before) = (clock.GetUtcNow(), state.MailBegunAt);
        // Somebody else is at it; whoever comes later sees what came of it.
        if (before + MailLease > now) return false;
        // Or was, and has ended the erasure: then nothing of it is left to be carried on.
        if (!await erasures.ClaimMailAsync(state, now, cancellation))
            return (await erasures.FindStateAsync(state.PartitionKey, cancellation))?.Reference != state.Reference;
        if (await person.IsToldAsync(email, done, cancellation)) return true;
        // Telling the others may have used up the time: the person is tried twice at least.
        if (before is null || now - done.ConfirmedAt < NoticePatience.ForPerson) return false;
        LogPersonNotTold(done.Reference);
        return true;
    }

    /// <returns>What stays of it; null when there is no such order.</returns>
    private async Task<KeptOrder?> RestrictAsync(string orderId, DateTimeOffset confirmedAt, CancellationToken cancellation)
    {
        try
        {
            if (await orders.ChangeAsync(orderId, current => Restriction.WithoutAccount(current, clock.GetUtcNow()), cancellation) is not { } order) return null;
            // Its pages are still to be closed, money to be sent back or a credit note to be issued; an earlier attempt may not have got to say so.
            await reconciliations.SendIfDueAsync(order, "erased", cancellation);
            return ErasureDecision.KeptOf(order, policy);
        }
        catch (UnreadableOrderException)
        {
            // It was whole when the erasure was confirmed, and one order must not hold up all the rest for ever.
            await damagedOrders.RestrictAsync(orderId, cancellation);
            LogDamaged(orderId);
            return ErasureDecision.KeptOfDamaged(orderId, confirmedAt, policy);
        }
    }

    private async Task RecordAsync(ErasureState state, ImmutableArray<KeptOrder> kept, CancellationToken cancellation)
    {
        var record = new ErasureRecord
        {
            PartitionKey = state.Reference!,
            ConfirmedAt = state.ConfirmedAt!.Value,
            StaffId = state.StaffId,
            PolicyVersion = policy.Version,
        };
        // The schedule comes first: nothing is ever held that no row of it points to.
        var due = policy.ErasureRecordDue(state.ConfirmedAt.Value);
        await retention.ScheduleAsync(due, RetentionRules.ErasureRecord, state.Reference!, cancellation);
        await erasures.RecordAsync(record, kept, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId} cannot be read: an erasure has taken from it what leads to the person, and could not cancel it")]
    private partial void LogDamaged(string orderId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Reference}: the mail server has not taken the mail that says so for two weeks; the address is gone now")]
    private partial void LogPersonNotTold(string reference);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A legal hold came too late for erasure {Reference}")]
    private partial void LogHoldTooLate(string reference);
}
