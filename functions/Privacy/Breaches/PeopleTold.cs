namespace Shop.Functions.Privacy.Breaches;

/// <summary>That the people affected were told, or why they need not be (Article 34).</summary>
public sealed record PeopleTold(DateTimeOffset? At = null, string? How = null, string? NotNeededReason = null);
