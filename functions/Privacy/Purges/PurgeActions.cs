using System.Collections.Immutable;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;

namespace Shop.Functions.Privacy.Purges;

/// <summary>Carries out what a plan says; every write is conditional on what the plan has seen, and safe to repeat.</summary>
public sealed class PurgeActions(
    OrderStore orders,
    OrderIndex index,
    AccountStore accounts,
    AccountRemoval removal,
    BreachStore breaches,
    ErasureStore erasures,
    PurgeBook book)
{
    /// <summary>Steps of one part of the diary, at most two storage calls each.</summary>
    public async Task<ImmutableArray<PurgeOutcome>> CarryOutAsync(ImmutableArray<PurgeStep> steps, CancellationToken cancellation)
    {
        // The list row goes first: an order whose row is left behind would be shown for ever, one without a row is found by this row of the diary.
        var listed = steps.Where(step => step.DeletesOrder).Select(step => ((DueThing.OfOrder)step.Thing).Order!).GroupBy(order => order.AccountId);
        await Parallel.ForEachAsync(listed, Options(cancellation), async (group, stop) => await index.DeleteAsync([.. group], stop));

        // Accounts last, as a preview has it: what is due of an order in its own right is done to it as it was seen.
        var outcomes = new PurgeOutcome[steps.Length];
        foreach (var phase in Enumerable.Range(0, steps.Length).GroupBy(i => steps[i].Thing is DueThing.OfAccount).OrderBy(phase => phase.Key))
            await Parallel.ForEachAsync(phase, Options(cancellation), async (i, stop) => outcomes[i] = await CarryOutAsync(steps[i], stop));
        return [.. outcomes];
    }

    private static ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = PurgeReader.AtOnce, CancellationToken = cancellation };

    private async Task<PurgeOutcome> CarryOutAsync(PurgeStep step, CancellationToken cancellation) => step switch
    {
        { Action: PurgeAction.Delete, Thing: DueThing.OfOrder { Order: { } order } } when step.DeletesOrder => await DeleteAsync(step, order, cancellation),
        { Action: PurgeAction.Delete, Thing: DueThing.OfOrder { Order: { } order } } => await StripAsync(step, order, cancellation),
        { Action: PurgeAction.Hold, Thing: DueThing.OfOrder { Order: { } order } } => await KeepAsync(step, order, cancellation),
        { Action: PurgeAction.Delete, Thing: DueThing.OfAccount account } => await DeleteAsync(step, account, cancellation),
        { Filing: { } filing, Thing: DueThing.OfAccount { Profile: { } profile } } => await RefileAsync(step, profile, filing, cancellation),
        { Action: PurgeAction.Delete, Thing: DueThing.OfBreach { Breach: { } breach } } =>
            new(step, await breaches.DeleteAsync(breach, cancellation) ? StepResult.Done : StepResult.Gone),
        { Action: PurgeAction.Delete, Thing: DueThing.OfReport report } => new(step, StepResult.Done, Count: await book.PruneAsync(report.Number, cancellation)),
        // A younger report of the same day took it along and has counted it.
        { Action: PurgeAction.Gone, Thing: DueThing.OfReport } => new(step, StepResult.Gone),
        { Action: PurgeAction.Delete, Thing: DueThing.OfErasure erasure } => new(step, await erasures.PruneAsync(erasure.Reference, cancellation) ? StepResult.Done : StepResult.Gone),
        _ => new(step, StepResult.Done),
    };

    private async Task<PurgeOutcome> DeleteAsync(PurgeStep step, Order order, CancellationToken cancellation)
    {
        if (await orders.DeleteAsync(order, cancellation)) return new(step, StepResult.Done);
        if (await orders.FindAsync(order.Id, cancellation) is not { } changed) return new(step, StepResult.Gone);
        // It was paid, say, at this very moment: it stays, and its row in the list comes back.
        await index.WriteAsync(changed, cancellation);
        return new(step, StepResult.Changed);
    }

    private async Task<PurgeOutcome> StripAsync(PurgeStep step, Order order, CancellationToken cancellation) =>
        new(step, await orders.ReplaceAsync(OrderRetention.WithoutDelivery(order), cancellation) is null ? StepResult.Changed : StepResult.Done);

    /// <summary>A purge that was cut off may have taken its row in the list before somebody put it on hold.</summary>
    private async Task<PurgeOutcome> KeepAsync(PurgeStep step, Order order, CancellationToken cancellation)
    {
        await index.WriteAsync(order, cancellation);
        return new(step, StepResult.Done);
    }

    private async Task<PurgeOutcome> DeleteAsync(PurgeStep step, DueThing.OfAccount account, CancellationToken cancellation)
    {
        if (await removal.RemoveAsync(step.Row.Key, account.Profile, account.Rows, step.Restricts, cancellation) is not { } removed) return new(step, StepResult.Changed);
        return new(step, removed.IsComplete ? StepResult.Done : StepResult.Gone, removed.Restricted);
    }

    /// <summary>The account knows where it is filed, so that an erasure finds that row.</summary>
    private async Task<PurgeOutcome> RefileAsync(PurgeStep step, AccountEntity profile, Filing filing, CancellationToken cancellation)
    {
        profile.FiledIn = RetentionRows.PartitionOf(filing.Due, filing.Key);
        return new(step, await accounts.ReplaceAsync(profile, cancellation) ? StepResult.Done : StepResult.Changed);
    }
}

/// <summary>What became of a step.</summary>
/// <param name="Restricted">How many orders lost their way back to the person.</param>
/// <param name="Count">How many things it was done to.</param>
public sealed record PurgeOutcome(PurgeStep Step, StepResult Result, int Restricted = 0, int Count = 1);

public enum StepResult
{
    /// <summary>By this run.</summary>
    Done,

    /// <summary>By another one at the same time.</summary>
    Gone,

    /// <summary>Somebody changed it meanwhile: it is looked at again.</summary>
    Changed,
}
