using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>Carries out what a plan says; every write is conditional on what the plan has seen, and safe to repeat.</summary>
public sealed partial class PurgeActions(
    OrderStore orders,
    OrderIndex index,
    InvoiceSeries invoices,
    AccountStore accounts,
    AccountRemoval removal,
    BreachStore breaches,
    BreachNotes breachNotes,
    ErasureStore erasures,
    StaffRegister register,
    RateCountStore rateCounts,
    DamagedOrders damagedOrders,
    PurgeLog purgeLog,
    ILogger<PurgeActions> logger)
{
    /// <summary>Steps of one part of the schedule, at most two storage calls each, two more where accounts go, one more for an order that ends with its account and is to be credited, and three more for each invoice or credit note of an order that goes.</summary>
    public async Task<ImmutableArray<PurgeOutcome>> ExecuteAsync(ImmutableArray<PurgeStep> steps, CancellationToken cancellation)
    {
        // The list row goes first: an order whose row is left behind would be shown for ever, one without a row is found by this row of the schedule.
        var listed = steps.Where(step => step.DeletesOrder).Select(step => ((DueItem.OfOrder)step.Item).Order!).GroupBy(order => order.AccountId);
        await Parallel.ForEachAsync(listed, Options(cancellation), async (group, stop) => await index.DeleteAsync([.. group], stop));

        // Accounts last, as a preview has it: what is due of an order in its own right is done to it as it was seen.
        var outcomes = new PurgeOutcome[steps.Length];
        foreach (var phase in Enumerable.Range(0, steps.Length).GroupBy(i => steps[i].Item is DueItem.OfAccount).OrderBy(phase => phase.Key))
        {
            if (phase.Key) await ForgetInBreachesAsync([.. phase.Select(i => steps[i]).Where(step => step.Action == PurgeAction.Delete)], cancellation);
            await Parallel.ForEachAsync(phase, Options(cancellation), async (i, stop) => outcomes[i] = await TryAsync(steps[i], stop));
        }

        return [.. outcomes];
    }

    /// <summary>
    /// The register of breaches outlives an account, as after an erasure, and must not name the person any longer. It comes
    /// before the account goes: afterwards nobody knows the name, and a purge that was cut off could not make up for it.
    /// </summary>
    private async Task ForgetInBreachesAsync(ImmutableArray<PurgeStep> going, CancellationToken cancellation)
    {
        if (going.IsEmpty) return;
        var substitutes = going.Select(step => step.Row.Key).Distinct().ToDictionary(id => id, _ => $"expired-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
        await breaches.PseudonymiseAsync(substitutes, cancellation);
        await breachNotes.EraseAsync([.. going.Select(step => ((DueItem.OfAccount)step.Item).Profile).OfType<AccountEntity>().Select(profile => new PersonInText(profile.Email, profile.Name))], cancellation);
    }

    private static ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = PurgeReader.AtOnce, CancellationToken = cancellation };

    /// <summary>What cannot be done to one thing, for it is damaged or full, must not keep the others.</summary>
    private async Task<PurgeOutcome> TryAsync(PurgeStep step, CancellationToken cancellation)
    {
        try
        {
            return await ExecuteAsync(step, cancellation);
        }
        catch (Exception exception) when (StoredData.IsDamage(exception) || exception is UnreadableOrderException or LimitReachedException)
        {
            LogFailed(step.Rule, exception.GetType().Name);
            return new(step, StepResult.Failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Something that is due under {Rule} could not be purged ({Reason}): it stays in the schedule")]
    private partial void LogFailed(string rule, string reason);

    private async Task<PurgeOutcome> ExecuteAsync(PurgeStep step, CancellationToken cancellation) => step switch
    {
        { Action: PurgeAction.Delete, Item: DueItem.OfOrder { Order: { } order } } when step.DeletesOrder => await DeleteAsync(step, order, cancellation),
        { Action: PurgeAction.Delete, Item: DueItem.OfOrder { Order: { } order } } => await RemoveDeliveryAsync(step, order, cancellation),
        { Action: PurgeAction.Hold, Item: DueItem.OfOrder { Order: { } order } } => await RelistAsync(step, order, cancellation),
        { Action: PurgeAction.Delete, Item: DueItem.OfAccount account } => await DeleteAsync(step, account, cancellation),
        { Next: { } next, Item: DueItem.OfAccount { Profile: { } profile, IsDamaged: false } } => await RescheduleAsync(step, profile, next, cancellation),
        { Action: PurgeAction.Delete, Item: DueItem.OfBreach { Breach: { } breach } } =>
            new(step, await breaches.DeleteAsync(breach.Id, cancellation) ? StepResult.Done : StepResult.Gone),
        { Action: PurgeAction.Delete, Item: DueItem.DamagedBreach breach } =>
            new(step, await breaches.DeleteAsync(breach.Id, cancellation) ? StepResult.Done : StepResult.Gone),
        { Action: PurgeAction.Delete, Item: DueItem.DamagedOrder damaged } => new(step, await DeleteAsync(damaged, step.Rule, cancellation) ? StepResult.Done : StepResult.Changed),
        { Action: PurgeAction.Delete, Item: DueItem.OfReport report } => new(step, StepResult.Done, Count: await purgeLog.PruneAsync(report.Number, cancellation)),
        // A younger report of the same day took it along and has counted it.
        { Action: PurgeAction.Gone, Item: DueItem.OfReport } => new(step, StepResult.Gone),
        { Action: PurgeAction.Delete, Item: DueItem.OfErasure erasure } => new(step, await erasures.PruneAsync(erasure.Reference, cancellation) ? StepResult.Done : StepResult.Gone),
        { Action: PurgeAction.Delete, Item: DueItem.OfStaffActions actions } => new(step, await register.DeleteDayAsync(actions.Day, cancellation) ? StepResult.Done : StepResult.Gone),
        { Action: PurgeAction.Delete, Item: DueItem.OfRateCounts counts } => new(step, await rateCounts.DeleteDayAsync(counts.Day, cancellation) ? StepResult.Done : StepResult.Gone),
        _ => new(step, StepResult.Done),
    };

    private async Task<PurgeOutcome> DeleteAsync(PurgeStep step, Order order, CancellationToken cancellation)
    {
        // First: whoever tries again after a crash finds nothing any more that tells of them.
        await invoices.ForgetAsync(order, cancellation);
        if (await orders.DeleteAsync(order, cancellation)) return new(step, StepResult.Done);
        if (await orders.FindAsync(order.Id, cancellation) is not { } changed) return new(step, StepResult.Gone);
        // It was paid or put on hold at this very moment: it stays, and its row in the list and those of its documents come back.
        await invoices.RestoreAsync(changed, cancellation);
        await index.WriteAsync(changed, cancellation);
        return new(step, StepResult.Changed);
    }

    private Task<bool> DeleteAsync(DueItem.DamagedOrder order, string rule, CancellationToken cancellation) => rule == RetentionRules.OrderDelivery
        ? damagedOrders.RemoveDeliveryAsync(order.Row, cancellation)
        : damagedOrders.DeleteAsync(order.Row, cancellation);

    private async Task<PurgeOutcome> RemoveDeliveryAsync(PurgeStep step, Order order, CancellationToken cancellation) =>
        new(step, await orders.RetireAsync(OrderRetention.WithoutDelivery(order), cancellation) ? StepResult.Done : StepResult.Changed);

    /// <summary>A purge that was cut off may have taken its row in the list and those of its documents before somebody put it on hold.</summary>
    private async Task<PurgeOutcome> RelistAsync(PurgeStep step, Order order, CancellationToken cancellation)
    {
        await invoices.RestoreAsync(order, cancellation);
        await index.WriteAsync(order, cancellation);
        return new(step, StepResult.Done);
    }

    private async Task<PurgeOutcome> DeleteAsync(PurgeStep step, DueItem.OfAccount account, CancellationToken cancellation)
    {
        if (await removal.RemoveAsync(step.Row.Key, account.Profile, account.Rows, step.Restricts, account.Damaged, cancellation) is not { } removed) return new(step, StepResult.Changed);
        return new(step, removed.IsComplete ? StepResult.Done : StepResult.Gone, removed.Restricted);
    }

    /// <summary>The account knows where it is scheduled, so that an erasure finds that row.</summary>
    private async Task<PurgeOutcome> RescheduleAsync(PurgeStep step, AccountEntity profile, RetentionEntry entry, CancellationToken cancellation)
    {
        profile.RetentionPartition = RetentionSchedule.PartitionOf(entry.Due, entry.Key);
        return new(step, await accounts.ReplaceAsync(profile, cancellation) ? StepResult.Done : StepResult.Changed);
    }
}
