using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// Decides what becomes of what is due. A row of the schedule only says where to look: what it points to decides, so that
/// what was used, paid or put on hold since then is rescheduled. A preview and a run ask the same plan. Pure.
/// </summary>
/// <param name="Held">The accounts under legal hold.</param>
/// <param name="Today">The day (UTC) as of which it is decided.</param>
public sealed record PurgePlan(RetentionPolicy Policy, IReadOnlySet<string> Held, DateOnly Today)
{
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
        DueItem.Unreadable or DueItem.BeingErased => Later(new(row, row.Rule, item), row.Rule, Today.AddDays(1), PurgeAction.Hold),
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
        if (!OrderRetention.WasPaid(order)) return (Policy.UnpaidOrderDue(order.PlacedAt), RetentionRules.UnpaidOrder);
        var country = OrderRetention.CountryOf(order);
        var fiscal = Policy.FiscalDue(OrderRetention.FiscalClock(order), country);
        var delivery = Policy.DeliveryDue(OrderRetention.DeliveryClock(order));
        return OrderRetention.HasDeliveryData(order) && delivery < fiscal && fiscal > Today
            ? (delivery, RetentionRules.OrderDelivery)
            : (fiscal, RetentionPolicy.IsOneStopShop(country) ? RetentionRules.OrderFiscalOss : RetentionRules.OrderFiscal);
    }

    private PurgeStep ForAccount(PurgeStep step, DueItem.OfAccount account)
    {
        // A purge that was cut off has taken the profile first: what is left of the account goes now.
        if (account.Profile is null) return step with { Action = account.Rows.IsEmpty ? PurgeAction.Gone : PurgeAction.Delete, Restricts = account.Orders };
        var used = account.Orders.Select(order => order.PlacedAt).Append(account.Profile.LastSeenDay).Max();
        var due = Policy.AccountDue(used);
        if (due > Today) return Later(step, RetentionRules.Account, due);
        if (Held.Contains(account.Profile.PartitionKey)) return OnHold(step, RetentionRules.Account, RetentionHold.LegalHold);
        var hold = account.Orders.Select(order => OrderRetention.HoldOf(order, Held)).FirstOrDefault(found => found is not null);
        return hold is { } found
            ? OnHold(step, RetentionRules.Account, found)
            : step with { Action = PurgeAction.Delete, Restricts = account.Orders };
    }

    /// <summary>While it is open its time has not begun.</summary>
    private PurgeStep ForBreach(PurgeStep step, Breach breach)
    {
        var due = Policy.BreachDue(breach.ClosedAt ?? new(Today, TimeOnly.MinValue, TimeSpan.Zero));
        return due > Today ? Later(step, RetentionRules.Breach, due) : step with { Action = PurgeAction.Delete };
    }

    private PurgeStep OnHold(PurgeStep step, string rule, RetentionHold hold) =>
        Later(step with { HeldBy = hold }, rule, Today.AddDays(RetentionPolicy.HeldDays), PurgeAction.Hold);

    private PurgeStep Later(PurgeStep step, string rule, DateOnly due, PurgeAction action = PurgeAction.Reschedule) =>
        step with { Action = action, NextRule = rule, NextDue = Tomorrow(due) };

    /// <summary>Whatever is scheduled is scheduled for a day that this run does not reach.</summary>
    private DateOnly Tomorrow(DateOnly due) => due > Today ? due : Today.AddDays(1);
}
