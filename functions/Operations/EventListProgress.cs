using System.Collections.Immutable;
using Azure;

namespace Shop.Functions.Operations;

/// <summary>How far a provider's list of events has been read. Pure.</summary>
/// <param name="ReadTo">Everything that the provider told before this has been read.</param>
/// <param name="Underway">A period that is read in part: the list has its newest events first, so the mark stays until the last page.</param>
/// <param name="PassedOn">The ids of the latest events that were passed on: until they are applied, or if they cannot be, they are passed on once.</param>
/// <param name="Events">How many of our events were read, ever; those in an overlap twice.</param>
/// <param name="Found">How many of them nobody here had heard of.</param>
public sealed record EventListProgress(
    string Provider, DateTimeOffset ReadTo, DateTimeOffset? LastRunAt, EventListProgress.Period? Underway, ImmutableArray<string> PassedOn, long Events, long Found)
{
    /// <summary>A string property holds 32 Ki characters.</summary>
    private const int MostCharacters = 24_000;

    /// <summary>The first run of all goes back this far; what is older is for a replay.</summary>
    private static readonly TimeSpan FirstPeriod = TimeSpan.FromDays(1);

    /// <summary>Read again each time: an event may appear in a list some minutes after the time that it bears.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>Somewhat less than the thirty days for which providers list events: to ask for more may be refused.</summary>
    private static readonly TimeSpan Listed = TimeSpan.FromDays(30) - TimeSpan.FromHours(1);

    /// <summary>A webhook is given so long to come by itself.</summary>
    public static TimeSpan WebhookTime { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A lag beyond this needs a person.</summary>
    public static TimeSpan LongestLag { get; } = TimeSpan.FromHours(2);

    public ETag ETag { get; init; }

    public static EventListProgress Begin(string provider, DateTimeOffset now) => new(provider, now - FirstPeriod, null, null, [], 0, 0);

    /// <summary>Whether there is more to read in this run.</summary>
    public bool IsBehind(DateTimeOffset now) => Underway is not null || ReadTo < now - WebhookTime;

    public TimeSpan Lag(DateTimeOffset now) => now - ReadTo;

    /// <summary>What is to be read next: the rest of what is under way, or what has come since.</summary>
    public Period NextPeriod(DateTimeOffset now)
    {
        if (Underway is { } rest) return rest;
        var to = now - WebhookTime;
        // Never before the mark, though a clock may have gone back.
        return new(Latest(ReadTo - Overlap, now - Listed), Latest(to, ReadTo), null);
    }

    /// <summary>After a page of a period.</summary>
    /// <param name="next">Where the next page begins; null after the last one.</param>
    public EventListProgress After(Period period, string? next, int events, int found, IEnumerable<string> passedOn, DateTimeOffset now) => this with
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

    /// <param name="Place">Where its next page begins, in the provider's words; null for the first one.</param>
    public sealed record Period(DateTimeOffset From, DateTimeOffset To, string? Place);
}
