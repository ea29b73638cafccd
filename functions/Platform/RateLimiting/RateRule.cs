namespace Shop.Functions.Platform.RateLimiting;

/// <summary>How often something may happen for a key (an account, an address, a mailbox, a link), over all instances.</summary>
/// <param name="Use">What is counted; another use has another count.</param>
/// <param name="Most">For one key within one span.</param>
/// <param name="Within">Spans follow each other from midnight UTC, and a day holds a whole number of them.</param>
public sealed record RateRule(string Use, int Most, TimeSpan Within)
{
    /// <summary>
    /// The first of a span that an instance counts in its memory only: who does something now and then costs no storage call, and
    /// nothing is stored of it. In return each further instance may let through as many beyond <see cref="Most"/>.
    /// </summary>
    public int Unstored { get; init; }

    /// <summary>
    /// What holds while storage does not answer: true, and each instance counts for itself up to <see cref="Most"/>; false, and
    /// what was asked for fails as storage did.
    /// </summary>
    public bool FailsOpen { get; init; }

    /// <returns>The span that this moment is in.</returns>
    public RateSpan SpanAt(DateTimeOffset now)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var start = midnight + (Within * Math.Floor((now - midnight) / Within));
        return new(start, start + Within);
    }

    /// <summary>Decides by what is known. Pure.</summary>
    /// <param name="stored">What storage has counted.</param>
    /// <param name="unstored">What this instance has let through and not told storage.</param>
    /// <returns>What storage has to be told the count is now; null when the key has had its share.</returns>
    public int? Next(int stored, int unstored) => stored + unstored < Most ? stored + unstored + 1 : null;
}
