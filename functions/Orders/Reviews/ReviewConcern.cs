using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Reviews;

/// <summary>Something about an order's money that a person must decide.</summary>
/// <param name="Case">Which row of the decision table it is.</param>
/// <param name="Fact">The key of the fact it is about.</param>
/// <param name="Detail">What was the case when it came up: other than that is another concern.</param>
/// <param name="Reference">For a refund that keeps failing or that could not be recorded, <see cref="OwedRefund.Reference"/>.</param>
public sealed record ReviewConcern(MoneyCase Case, string Fact, string? Detail = null, string? Reference = null)
{
    /// <returns>What a person has to see to when the ledger has no room for a fact; another status of it is another concern.</returns>
    public static ReviewConcern OfUnrecorded(LedgerEntry fact) => new(MoneyCase.LedgerFull, fact.Key, $"{fact.Amount} {fact.Status}".ToLowerInvariant());

    /// <returns>
    /// As it is written now. Decisions were once stored without the reference, which only began the detail: they must go on
    /// answering the concern that they were about.
    /// </returns>
    public ReviewConcern Upgrade() => this is { Case: MoneyCase.RefundKeepsFailing, Reference: null, Detail: { } detail }
        ? this with { Reference = detail.Split(' ')[0] }
        : this;
}
