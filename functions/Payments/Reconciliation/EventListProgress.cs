using System.Collections.Immutable;
using Azure;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>How far a provider's own list of events has been read. Pure.</summary>
/// <param name="ReadTo">Everything that the provider told before this has been read: the mark.</param>
/// <param name="LastRunAt">When a page was last read.</param>
/// <param name="Underway">A period that is read in part: the list has its newest events first, so the mark stays until the last page.</param>
/// <param name="PassedOn">The ids of the latest events that were passed on: until they are applied, or if they cannot be, that is done once.</param>
/// <param name="Events">How many events of ours were read, ever; those in an overlap twice.</param>
/// <param name="Found">How many of them told an order something that it did not know.</param>
public sealed record EventListProgress(
    string Provider, DateTimeOffset ReadTo, DateTimeOffset? LastRunAt, ListPeriod? Underway, ImmutableArray<string> PassedOn, long Events, long Found)
{
    /// <summary>A string property holds 32 Ki characters.</summary>
    private const int MostCharacters = 24_000;

    /// <summary>Read again each time: an event may appear in a list some minutes after the time that it bears.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>For so long providers list events.</summary>
    private static readonly TimeSpan Listed = TimeSpan.FromDays(30);

    /// <summary>Somewhat less is asked for: more may be refused, and what is read last must not fall off the list meanwhile.</summary>
    private static readonly TimeSpan Reach = Listed - TimeSpan.FromHours(1);

    /// <summary>For so long after it was paid an order may be refunded or disputed.</summary>
    private static readonly TimeSpan Disputable = TimeSpan.FromDays(180);

    /// <summary>What the README promises; a lag beyond it needs a person.</summary>
    public static TimeSpan LongestLag { get; } = TimeSpan.FromHours(1);

    public ETag ETag { get; init; }

    /// <summary>Before the first run: nothing has been read of all that is listed, nor of what is listed no more.</summary>
    public static EventListProgress Begin(string provider, DateTimeOffset now) => new(provider, now - Listed, null, null, [], 0, 0);

    /// <summary>Whether something was told since the mark that the provider lists no more.</summary>
    public bool IsOutOfReach(DateTimeOffset now) => Underway is null && ReadTo < now - Reach;

    /// <summary>Orders that may have been refunded or disputed since the mark were placed after this.</summary>
    public DateTimeOffset AffectsOrdersSince => ReadTo - Disputable;

    /// <param name="patience">How long a webhook is given to come by itself.</param>
    /// <returns>Whether there is more to read.</returns>
    public bool IsBehind(DateTimeOffset now, TimeSpan patience) => Underway is not null || ReadTo < now - patience;

    public TimeSpan Lag(DateTimeOffset now) => now - ReadTo;

    /// <summary>What is to be read next: the rest of what is under way, or what has come since.</summary>
    /// <param name="patience">How long a webhook is given to come by itself.</param>
    public ListPeriod NextPeriod(DateTimeOffset now, TimeSpan patience) =>
        // Never before the mark, though a clock may have gone back.
        Underway ?? new(Latest(ReadTo - Overlap, now - Reach), Latest(now - patience, ReadTo), null);

    /// <summary>After a page of a period.</summary>
    /// <param name="next">Where the next page begins; null after the last one, and then the mark moves.</param>
    public EventListProgress After(ListPeriod period, string? next, int events, int found, IEnumerable<string> passedOn, DateTimeOffset now) => this with
    {
        ReadTo = next is null ? period.To : ReadTo,
        LastRunAt = now,
        Underway = next is null ? null : period with { Place = next },
        PassedOn = Newest([.. PassedOn, .. passedOn]),
        Events = Events + events,
        Found = Found + found,
    };

    private static ImmutableArray<string> Newest(ImmutableArray<string> ids)
    {
        var (first, length) = (ids.Length, 0);
        while (first > 0 && (length += ids[first - 1].Length + 1) <= MostCharacters) first--;
        return ids[first..];
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <param name="Place">Where its next page begins, in the provider's words; null for the first one.</param>
public sealed record ListPeriod(DateTimeOffset From, DateTimeOffset To, string? Place);
