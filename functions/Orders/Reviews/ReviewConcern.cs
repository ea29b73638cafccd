using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Reviews;

/// <summary>Something about an order's money that a person must decide.</summary>
/// <param name="Case">Which row of the decision table it is.</param>
/// <param name="Fact">The key of the fact it is about.</param>
/// <param name="Detail">What was the case when it came up: other than that is another concern.</param>
public sealed record ReviewConcern(MoneyCase Case, string Fact, string? Detail = null);
