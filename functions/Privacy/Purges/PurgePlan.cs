using System.Collections.Immutable;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// Decides what becomes of what is due. A row of the diary only says where to look: the thing itself decides, so that
/// what was used, paid or put on hold since then is filed anew. A preview and a run ask the same plan. Pure.
/// </summary>
/// <param name="Held">The accounts under legal hold.</param>
/// <param name="Today">The day (UTC) as of which it is decided.</param>
public sealed record PurgePlan(RetentionPolicy Policy, IReadOnlySet<string> Held, DateOnly Today)
{
    /// <summary>For a preview, which changes nothing: the orders that steps before have deleted.</summary>
    public ImmutableHashSet<string> Deleted { get; init; } = [];

    /// <summary>Likewise those that lost their account.</summary>
    public ImmutableHashSet<string> Restricted { get; init; } = [];

    /// <returns>The plan for what comes after these steps in the diary.</returns>
    public PurgePlan After(IEnumerable<PurgeStep> steps) => steps.Where(step => step.Action == PurgeAction.Delete).Aggregate(this, (plan, step) => plan with
    {
        Deleted = step.DeletesOrder ? plan.Deleted.Add(step.Row.Key) : plan.Deleted,
        Restricted = plan.Restricted.Union(step.Restricts.Select(order => order.Id)),
    });

    public PurgeStep For(RetentionRow row, DueThing thing) => thing switch
    {
        DueThing.OfOrder { Order: { } order } when Deleted.Contains(order.Id) => new(row, row.Rule, thing) { Action = PurgeAction.Gone },
        DueThing.OfOrder { Order: { } order } => ForOrder(new(row, row.Rule, thing), Restricted.Contains(order.Id) ? Restriction.Restrict(order) : order),
        DueThing.OfAccount account => ForAccount(new(row, RetentionRules.Account, thing), account),
        DueThing.OfBreach { Breach: { } breach } => ForBreach(new(row, RetentionRules.Breach, thing), breach),
        DueThing.OfErasure { IsThere: true } => new(row, RetentionRules.ErasureRecord, thing) { Action = PurgeAction.Delete },
        DueThing.OfReport { IsThere: true } => new(row, RetentionRules.PurgeReport, thing) { Action = PurgeAction.Delete },
        DueThing.Unreadable or DueThing.BeingErased => Later(new(row, row.Rule, thing), row.Rule, Today.AddDays(1), PurgeAction.Hold),
        _ => new(row, row.Rule, thing) { Action = PurgeAction.Gone },
    };

    private PurgeStep ForOrder(PurgeStep step, Order order)
    {
        var (due, rule) = Next(order);
        if (due > Today) return Later(step, rule, due);
        if (OrderRetention.HoldOf(order, Held) is { } hold) return OnHold(step, rule, hold);
        if (rule != RetentionRules.OrderDelivery) return step with { Rule = rule, Action = PurgeAction.Delete };

        // What tax law wants of it stays; its own time is in the diary before the address goes.
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

    private PurgeStep ForAccount(PurgeStep step, DueThing.OfAccount account)
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

    private PurgeStep Later(PurgeStep step, string rule, DateOnly due, PurgeAction action = PurgeAction.Refile) =>
        step with { Action = action, NextRule = rule, NextDue = Tomorrow(due) };

    /// <summary>Whatever is filed is filed for a day that this run does not reach.</summary>
    private DateOnly Tomorrow(DateOnly due) => due > Today ? due : Today.AddDays(1);
}

/// <summary>What becomes of one row of the diary and of what it points to.</summary>
/// <param name="Rule">The rule of the policy that decides.</param>
/// <param name="Thing">What was found there.</param>
public sealed record PurgeStep(RetentionRow Row, string Rule, DueThing Thing)
{
    public PurgeAction Action { get; init; }

    /// <summary>Under which rule it is filed next, and for which day; null when nothing is left to file.</summary>
    public string? NextRule { get; init; }

    public DateOnly? NextDue { get; init; }

    /// <summary>What puts it off.</summary>
    public RetentionHold? HeldBy { get; init; }

    /// <summary>Orders of an account that goes: they stay without a way back to the person.</summary>
    public ImmutableArray<Order> Restricts { get; init; } = [];

    /// <summary>The order itself, not only its address.</summary>
    public bool DeletesOrder => this is { Action: PurgeAction.Delete, Thing: DueThing.OfOrder } && Rule != RetentionRules.OrderDelivery;

    public Filing? Filing => NextDue is { } due ? new(due, NextRule!, Row.Key) : null;
}

public enum PurgeAction
{
    /// <summary>What the rule is about is deleted.</summary>
    Delete,

    /// <summary>An order stays only for tax law; it goes with <see cref="Delete"/> of its account.</summary>
    Restrict,

    /// <summary>It is not due after all: it was used or paid since it was filed.</summary>
    Refile,

    /// <summary>It is due, and something keeps it.</summary>
    Hold,

    /// <summary>There is nothing any more.</summary>
    Gone,
}

/// <summary>What a row of the diary points to, as it is now.</summary>
public abstract record DueThing
{
    private DueThing() { }

    public sealed record OfOrder(Order? Order) : DueThing;

    /// <param name="Profile">Null when it is gone.</param>
    /// <param name="Rows">The keys of the account's other rows.</param>
    /// <param name="Orders">Those of its orders that still exist.</param>
    public sealed record OfAccount(AccountEntity? Profile, ImmutableArray<string> Rows, ImmutableArray<Order> Orders) : DueThing;

    public sealed record OfBreach(Breach? Breach) : DueThing;

    public sealed record OfReport(int Number, bool IsThere) : DueThing;

    public sealed record OfErasure(string Reference, bool IsThere) : DueThing;

    /// <summary>An account whose owner has confirmed that it goes: the erasure finishes what it began, and keeps its record.</summary>
    public sealed record BeingErased : DueThing;

    /// <summary>Stored by a version that this one does not understand, or damaged.</summary>
    public sealed record Unreadable : DueThing;
}
