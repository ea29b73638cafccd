using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>What becomes of one row of the schedule and of what it points to.</summary>
/// <param name="Rule">The rule of the policy that decides.</param>
/// <param name="Item">What was found there.</param>
public sealed record PurgeStep(RetentionRow Row, string Rule, DueItem Item)
{
    public PurgeAction Action { get; init; }

    /// <summary>Under which rule it is scheduled next, and for which day; null when nothing is left to schedule.</summary>
    public string? NextRule { get; init; }

    public DateOnly? NextDue { get; init; }

    /// <summary>What puts it off.</summary>
    public RetentionHold? HeldBy { get; init; }

    /// <summary>Orders of an account that goes: they stay without a way back to the person.</summary>
    public ImmutableArray<Order> Restricts { get; init; } = [];

    /// <summary>The order itself, not only its address.</summary>
    public bool DeletesOrder => this is { Action: PurgeAction.Delete, Item: DueItem.OfOrder } && Rule != RetentionRules.OrderDelivery;

    public RetentionEntry? Next => NextDue is { } due ? new(due, NextRule!, Row.Key) : null;
}
