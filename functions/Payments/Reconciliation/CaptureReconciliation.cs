using Azure;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>
/// Asking a provider one question about the captures of orders one by one, for what it told in a time that its list of events
/// does not reach any more. How far that has come. Pure.
/// </summary>
/// <param name="About">Which question: a key that may not ask one of them holds up no answer to the other.</param>
/// <param name="PlacedSince">The orders that it is about: those placed after this.</param>
/// <param name="After">The id of the last order that is done with; null at the beginning.</param>
/// <param name="Asked">How many captures were asked about.</param>
/// <param name="Found">How many of the answers an order did not know.</param>
/// <param name="CompletedAt">Null while there are more.</param>
public sealed record CaptureReconciliation(
    string Provider, CaptureReconciliation.Question About, DateTimeOffset PlacedSince, string? After, long Asked, long Found, DateTimeOffset? CompletedAt)
{
    public enum Question
    {
        Refunds,
        Disputes,
    }

    public ETag ETag { get; init; }

    public static CaptureReconciliation Begin(string provider, Question about, DateTimeOffset placedSince) => new(provider, about, placedSince, null, 0, 0, null);

    /// <summary>An earlier version asked both questions together, under what is the one about refunds now.</summary>
    /// <returns>The questions about disputes that are nowhere among these: they have come as far.</returns>
    public static IEnumerable<CaptureReconciliation> MissingOf(IReadOnlyCollection<CaptureReconciliation> stored) => stored
        .Where(begun => begun is { About: Question.Refunds, CompletedAt: null })
        .Where(begun => !stored.Any(other => other.About == Question.Disputes && other.Provider == begun.Provider))
        .Select(begun => Begin(begun.Provider, Question.Disputes, begun.PlacedSince) with { After = begun.After });

    /// <param name="last">The last order of a page; null when there are no more.</param>
    public CaptureReconciliation Next(string? last, int asked, int found, DateTimeOffset now) => this with
    {
        After = last ?? After,
        Asked = Asked + asked,
        Found = Found + found,
        CompletedAt = last is null ? now : null,
    };
}
