using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders;

/// <summary>
/// The tries to take the money of an approved checkout that came to nothing. A provider makes no object for them and no
/// money has moved, so they are no facts of the ledger: a customer can repeat them, and must not use up its room.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="At">When the last of them was.</param>
/// <param name="Remedy">What helps against it.</param>
/// <param name="ApprovedAt">The approval that it used up, <see cref="Checkout.ApprovedAt"/> at that time; null when there was no word of one.</param>
public sealed record DeclinedTries(int Count, DateTimeOffset At, Remedy Remedy, DateTimeOffset? ApprovedAt = null)
{
    private const string OldName = "declined_";

    /// <summary>What both say together: the later try. Two who make the same try at once count it once.</summary>
    public static DeclinedTries? Merge(DeclinedTries? left, DeclinedTries? right)
    {
        if (left is null || right is null) return left ?? right;
        var later = (left.Count, left.At, left.Remedy).CompareTo((right.Count, right.At, right.Remedy)) >= 0 ? left : right;
        return later with { ApprovedAt = left.ApprovedAt is null || right.ApprovedAt > left.ApprovedAt ? right.ApprovedAt : left.ApprovedAt };
    }

    /// <summary>Whether the customer has agreed anew since. The provider's clock is held against itself, where it can be: ours may be slow.</summary>
    public bool IsBefore(DateTimeOffset? approval) => approval > (ApprovedAt ?? At);

    /// <returns>
    /// The order as it is written now. Tries were once facts of the ledger, under a name that held the checkout's id.
    /// </returns>
    public static Order Upgrade(Order order)
    {
        if (!order.Ledger.Any(IsOld)) return order;
        return order with
        {
            Ledger = [.. order.Ledger.Where(fact => !IsOld(fact))],
            Checkouts = [.. order.Checkouts.Select(checkout => checkout with { Declined = Merge(checkout.Declined, OldOf(order, checkout)) })],
        };
    }

    private static DeclinedTries? OldOf(Order order, Checkout checkout)
    {
        var tries = order.Ledger.Where(fact => IsOld(fact) && fact.Provider == checkout.Provider && fact.ObjectId.StartsWith($"{OldName}{checkout.Id}_", StringComparison.Ordinal)).ToList();
        return tries.Count == 0 ? null : new(tries.Count, tries.Max(fact => fact.At), checkout.IsOver ? Remedy.OtherPage : Remedy.OtherCard);
    }

    private static bool IsOld(LedgerEntry fact) => fact.Kind == FactKind.Capture && fact.ObjectId.StartsWith(OldName, StringComparison.Ordinal);
}
