using System.Collections.Immutable;
using Azure.Data.Tables;
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
    /// <param name="Damaged">The ids of those that cannot be read.</param>
    public sealed record OfAccount(AccountEntity? Profile, ImmutableArray<string> Rows, ImmutableArray<Order> Orders, ImmutableArray<string> Damaged) : DueItem
    {
        /// <summary>Of the profile only the keys are known, what can be read of whose it is, and when it was last written; nothing of it may be written back.</summary>
        public bool IsDamaged { get; init; }
    }

    public sealed record OfBreach(Breach? Breach) : DueItem;

    public sealed record OfReport(int Number, bool IsThere) : DueItem;

    public sealed record OfErasure(string Reference, bool IsThere) : DueItem;

    /// <param name="Day">A day of the register of what staff did, <c>yyyyMMdd</c>.</param>
    public sealed record OfStaffActions(string Day, bool IsThere) : DueItem;

    /// <param name="Day">A day of counts, <c>yyyyMMdd</c>.</param>
    public sealed record OfRateCounts(string Day, bool IsThere) : DueItem;

    /// <summary>An account whose owner has confirmed that it goes: the erasure finishes what it began, and keeps its record.</summary>
    public sealed record BeingErased : DueItem;

    /// <summary>An order that cannot be understood, as storage has it: when it was last written is known of it.</summary>
    public sealed record DamagedOrder(TableEntity Row) : DueItem
    {
        /// <summary>Whether anything personal is left of it.</summary>
        public bool HasDelivery { get; init; }
    }

    /// <summary>A breach that cannot be understood.</summary>
    public sealed record DamagedBreach(string Id, DateTimeOffset LastWritten) : DueItem;

    /// <summary>Nothing is known of it, not even what it is.</summary>
    public sealed record Unreadable : DueItem;
}
