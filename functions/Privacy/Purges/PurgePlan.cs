using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.LegalHolds;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// Decides what becomes of what is due. A row of the schedule only says where to look: what it points to decides, so that
/// what was used, paid or put on hold since then is rescheduled. A preview and a run ask the same plan. Pure.
/// </summary>
/// <param name="Today">The day as of which it is decided.</param>
public sealed record PurgePlan(RetentionPolicy Policy, DateOnly Today)
{
    /// <summary>What is under legal hold, as it was read after the things that are decided about.</summary>
    public LegallyHeld Held { get; init; } = LegallyHeld.Nothing;

    /// <summary>For a preview, which changes nothing: the orders that steps before have deleted.</summary>
    public ImmutableHashSet<string> Deleted { get; init; } = [];

    /// <summary>Likewise those that lost their account.</summary>
    public ImmutableHashSet<string> Restricted { get; init; } = [];

    /// <returns>The plan for what comes after these steps in the schedule.</returns>
    public PurgePlan After(IEnumerable<PurgeStep> steps) => steps.Where(step => step.Action == PurgeAction.Delete).Aggregate(this, (plan, step) => plan with
    {
        Deleted = step.DeletesOrder ? plan.Deleted.Add(step.Row.Key) : plan.Deleted,
        Restricted = plan.Restricted.Union(step.Restricts.Select(order => order.Id)),
    });

    public PurgeStep For(RetentionRow row, DueItem item) => item switch
    {
        DueItem.OfOrder { Order: { } order } when Deleted.Contains(order.Id) => new(row, row.Rule, item) { Action = PurgeAction.Gone },
        DueItem.OfOrder { Order: { } order } => ForOrder(new(row, row.Rule, item), Restricted.Contains(order.Id) ? Restriction.Restrict(order) : order),
        DueItem.OfAccount account => ForAccount(new(row, RetentionRules.Account, item), account),
        DueItem.OfBreach { Breach: { } breach } => ForBreach(new(row, RetentionRules.Breach, item), breach),
        DueItem.OfErasure { IsThere: true } => new(row, RetentionRules.ErasureRecord, item) { Action = PurgeAction.Delete },
        DueItem.OfReport { IsThere: true } => new(row, RetentionRules.PurgeReport, item) { Action = PurgeAction.Delete },
        DueItem.OfStaffActions { IsThere: true } actions => ForStaffActions(new(row, RetentionRules.StaffAction, item), actions.Day),
        DueItem.OfRateCounts { IsThere: true } counts => ForRateCounts(new(row, RetentionRules.RateCount, item), counts.Day),
        DueItem.DamagedOrder order => ForDamagedOrder(new(row, row.Rule, item), order),
        DueItem.DamagedBreach breach => ForDamagedBreach(new(row, RetentionRules.Breach, item), breach),
        DueItem.Unreadable => Later(new(row, row.Rule, item), row.Rule, Today.AddDays(1), PurgeAction.Unreadable),
        DueItem.BeingErased => Later(new(row, row.Rule, item), row.Rule, Today.AddDays(1), PurgeAction.Hold),
        _ => new(row, row.Rule, item) { Action = PurgeAction.Gone },
    };

    private PurgeStep ForOrder(PurgeStep step, Order order)
    {
        var (due, rule) = Next(order);
        if (due > Today) return Later(step, rule, due);
        if (OrderRetention.HoldOf(order, Held) is { } hold) return OnHold(step, rule, hold);
        if (rule != RetentionRules.OrderDelivery) return step with { Rule = rule, Action = PurgeAction.Delete };

        // What tax law wants of it stays; its own time is in the schedule before the address goes.
        var (later, next) = Next(OrderRetention.WithoutDelivery(order));
        return step with { Rule = rule, Action = PurgeAction.Delete, NextRule = next, NextDue = Tomorrow(later) };
    }

    /// <summary>What is due next of an order, and when.</summary>
    private (DateOnly Due, string Rule) Next(Order order)
    {
        var (due, rule) = OrderRetention.KeptUntil(order, Policy);
        if (!OrderRetention.WasPaid(order) || !OrderRetention.HasDeliveryData(order)) return (due, rule);
        var delivery = Policy.DeliveryDue(OrderRetention.DeliveryClock(order));
        return delivery < due && due > Today ? (delivery, RetentionRules.OrderDelivery) : (due, rule);
    }

    private PurgeStep ForAccount(PurgeStep step, DueItem.OfAccount account)
    {
        // A purge that was cut off has taken the profile first: what is left of the account goes now.
        if (account.Profile is null) return step with { Action = account.Rows.IsEmpty ? PurgeAction.Gone : PurgeAction.Delete, Restricts = account.Orders };
        var used = account.Orders.Select(order => Policy.DayOf(order.PlacedAt)).Append(account.Profile.LastDay()).Max();
        var due = Policy.AccountDue(used);
        if (due > Today) return account.IsDamaged
            ? Later(step, RetentionRules.Account, Today.AddDays(1), PurgeAction.Unreadable)
            : Later(step, RetentionRules.Account, due);
        if (Held.Accounts.Contains(account.Profile.PartitionKey) || account.Damaged.Any(Held.Orders.Contains)) return OnHold(step, RetentionRules.Account, RetentionHold.LegalHold);
        var hold = account.Orders.Select(order => OrderRetention.HoldOf(order, Held)).FirstOrDefault(found => found is not null);
        return hold is { } found
            ? OnHold(step, RetentionRules.Account, found)
            : step with { Action = PurgeAction.Delete, Restricts = account.Orders };
    }

    /// <summary>
    /// What an order is that cannot be read nobody knows, so the longest time that it may have is its own, from when it was last
    /// written: first its address goes, then all of it.
    /// </summary>
    private PurgeStep ForDamagedOrder(PurgeStep step, DueItem.DamagedOrder order)
    {
        if (IsHeld(order.Row)) return OnHold(step, step.Row.Rule, RetentionHold.LegalHold);
        var written = order.Row.Timestamp ?? new(Today, TimeOnly.MinValue, TimeSpan.Zero);
        if (Policy.LongestFiscalDue(written) is var fiscal && fiscal <= Today) return step with { Rule = RetentionRules.OrderFiscalOss, Action = PurgeAction.Delete };
        if (order.HasDelivery && Policy.DeliveryDue(written) <= Today)
            return Later(step with { Rule = RetentionRules.OrderDelivery }, RetentionRules.OrderFiscalOss, Today.AddDays(1), PurgeAction.Delete);
        return Later(step, step.Row.Rule, Today.AddDays(1), PurgeAction.Unreadable);
    }

    private bool IsHeld(TableEntity order) => Held.Holds(order[nameof(OrderEntity.AccountId)] as string, order.PartitionKey);

    /// <summary>Its register says whether it is closed, and cannot be read: its time runs from when anything of it was last written.</summary>
    private PurgeStep ForDamagedBreach(PurgeStep step, DueItem.DamagedBreach breach) => Policy.BreachDue(breach.LastWritten) <= Today
        ? step with { Action = PurgeAction.Delete }
        : Later(step, RetentionRules.Breach, Today.AddDays(1), PurgeAction.Unreadable);

    /// <summary>While it is open its time has not begun.</summary>
    private PurgeStep ForBreach(PurgeStep step, Breach breach)
    {
        var due = Policy.BreachDue(breach.ClosedAt ?? new(Today, TimeOnly.MinValue, TimeSpan.Zero));
        return due > Today ? Later(step, RetentionRules.Breach, due) : step with { Action = PurgeAction.Delete };
    }

    private PurgeStep ForStaffActions(PurgeStep step, string day) =>
        Policy.StaffActionsDue(day) is var due && due > Today ? Later(step, RetentionRules.StaffAction, due) : step with { Action = PurgeAction.Delete };

    private PurgeStep ForRateCounts(PurgeStep step, string day) =>
        RetentionPolicy.RateCountsDue(day) is var due && due > Today ? Later(step, RetentionRules.RateCount, due) : step with { Action = PurgeAction.Delete };

    private PurgeStep OnHold(PurgeStep step, string rule, RetentionHold hold) =>
        Later(step with { HeldBy = hold }, rule, Today.AddDays(RetentionPolicy.HeldDays), PurgeAction.Hold);

    private PurgeStep Later(PurgeStep step, string rule, DateOnly due, PurgeAction action = PurgeAction.Reschedule) =>
        step with { Action = action, NextRule = rule, NextDue = Tomorrow(due) };

    /// <summary>Whatever is scheduled is scheduled for a day that this run does not reach.</summary>
    private DateOnly Tomorrow(DateOnly due) => due > Today ? due : Today.AddDays(1);
}
