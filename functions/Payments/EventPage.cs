namespace Shop.Functions.Payments;

/// <param name="Events">What the events mean, as if they had just been delivered.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record EventPage(IReadOnlyList<Translation> Events, string? Next);
