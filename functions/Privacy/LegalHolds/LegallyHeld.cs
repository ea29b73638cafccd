using System.Collections.Frozen;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>What is under legal hold: accounts with all their orders, and orders by themselves.</summary>
public sealed record LegallyHeld(FrozenSet<string> Accounts, FrozenSet<string> Orders)
{
    public static LegallyHeld Nothing { get; } = new([], []);

    public bool Holds(string? accountId, string orderId) => Orders.Contains(orderId) || (accountId is { Length: > 0 } && Accounts.Contains(accountId));
}
