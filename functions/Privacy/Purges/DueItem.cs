using System.Collections.Immutable;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Privacy.Breaches;

namespace Shop.Functions.Privacy.Purges;

/// <summary>What a row of the schedule points to, as it is now.</summary>
public abstract record DueItem
{
    private DueItem() { }

    public sealed record OfOrder(Order? Order) : DueItem;

    /// <param name="Profile">Null when it is gone.</param>
    /// <param name="Rows">The keys of the account's other rows.</param>
    /// <param name="Orders">Those of its orders that still exist.</param>
    public sealed record OfAccount(AccountEntity? Profile, ImmutableArray<string> Rows, ImmutableArray<Order> Orders) : DueItem;

    public sealed record OfBreach(Breach? Breach) : DueItem;

    public sealed record OfReport(int Number, bool IsThere) : DueItem;

    public sealed record OfErasure(string Reference, bool IsThere) : DueItem;

    /// <summary>An account whose owner has confirmed that it goes: the erasure finishes what it began, and keeps its record.</summary>
    public sealed record BeingErased : DueItem;

    /// <summary>Stored by a version that this one does not understand, or damaged.</summary>
    public sealed record Unreadable : DueItem;
}
