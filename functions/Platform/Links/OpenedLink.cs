namespace Shop.Functions.Platform.Links;

/// <summary>What became of a link that came back.</summary>
/// <param name="Content">What it carries; null when it is not good.</param>
/// <param name="Id">The same whenever this very link comes back, and of no other.</param>
public sealed record OpenedLink<T>(LinkState State, T? Content, DateTimeOffset IssuedAt, string Id)
    where T : class;
