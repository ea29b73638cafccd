namespace Shop.Functions.Privacy.Breaches;

/// <summary>The report to the supervisory authority, or why none is needed.</summary>
/// <param name="LateReason">Needed when it is made later than 72 hours after awareness (Article 33(1)).</param>
public sealed record AuthorityReport(
    DateTimeOffset? At = null, string? Reference = null, string? LateReason = null, string? NotNeededReason = null);
