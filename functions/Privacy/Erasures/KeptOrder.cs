using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Erasures;

/// <param name="Rule">One of <see cref="RetentionRules"/>.</param>
public sealed record KeptOrder(string Id, string Number, string Rule, DateOnly Until);
