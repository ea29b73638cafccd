using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>What a carrier says of a parcel.</summary>
/// <param name="Shipment">The parcel's number.</param>
/// <param name="Id">Made of the carrier's id of the event; as long as ours are, whatever the carrier's look like.</param>
/// <param name="Kind">What happened; never <see cref="ShipmentStatus.AwaitingCollection"/>.</param>
/// <param name="At">When, by the carrier's clock.</param>
/// <param name="Place">Where, if the carrier says so.</param>
/// <param name="ExpectedBy">When it means to hand the parcel over at the latest, if this is where it has said so last.</param>
/// <param name="ExpectationAt">When it said so, where that was in another event of this kind.</param>
public sealed record ShipmentEvent(
    int Shipment, string Id, ShipmentStatus Kind, DateTimeOffset At, [property: DataClass(DataClass.Delivery)] string? Place = null, DateTimeOffset? ExpectedBy = null, DateTimeOffset? ExpectationAt = null)
{
    public const int LongestPlace = 40;

    public const string CarriersIdRule = "1 to 255 printable ASCII characters.";

    public const string ExpectedRule = "At the time of the event or within 90 days after it.";

    /// <summary>What is further away is a mistake.</summary>
    public static readonly TimeSpan LongestJourney = TimeSpan.FromDays(90);

    /// <summary>Of two, the greater says the later of when the parcel is expected; what says nothing of it is the least.</summary>
    internal (bool, DateTimeOffset, DateTimeOffset?, ShipmentStatus) Expectation => (ExpectedBy is not null, ExpectationAt ?? At, ExpectedBy, Kind);

    /// <returns>The event without where the parcel was.</returns>
    public ShipmentEvent Restricted() => this with { Place = null };

    /// <returns>True for what can name a place, and takes no more room in storage than it has characters; and for none.</returns>
    public static bool IsPlace(string? text) =>
        text is null || (text.Length <= LongestPlace && text.Any(char.IsLetterOrDigit) && text.All(c => char.IsLetterOrDigit(c) || " -.,'/():&".Contains(c, StringComparison.Ordinal)));

    /// <returns>True for a time at which what was told can end, and for none.</returns>
    public static bool IsExpectable(DateTimeOffset? expectedBy, DateTimeOffset at) => expectedBy is not { } end || (end >= at && end - at <= LongestJourney);

    /// <summary>
    /// Of each parcel one event of a kind is kept: the first of what happens once, the latest of what can happen again. So
    /// however much carriers say there is room for it, and in whatever order and how often they say it the same is kept. Of
    /// when a parcel is expected the latest that was said is kept, and what says nothing of it takes nothing back.
    /// </summary>
    /// <returns>The very same array when it says nothing new.</returns>
    public static ImmutableArray<ShipmentEvent> Merge(ImmutableArray<ShipmentEvent> events, ShipmentEvent heard)
    {
        var own = events.Where(known => known.Shipment == heard.Shipment).ToList();
        if (own.Any(known => known.Id == heard.Id)) return events;
        var alike = own.FirstOrDefault(known => known.Kind == heard.Kind);
        var all = alike is null ? events.Add(heard) : events.Replace(alike, OneOf(alike, heard));
        var latest = all.Where(known => known.Shipment == heard.Shipment).MaxBy(known => known.Expectation)!;
        var merged = all.Select(known => known.Shipment == heard.Shipment && known.Kind != latest.Kind ? known with { ExpectedBy = null, ExpectationAt = null } : known)
            .OrderBy(known => known.Shipment).ThenBy(known => known.Kind).ToImmutableArray();
        return merged.SequenceEqual(events) ? events : merged;
    }

    /// <returns>Of two of a kind the one that is kept, with the later of what both say of when the parcel is expected.</returns>
    private static ShipmentEvent OneOf(ShipmentEvent known, ShipmentEvent heard)
    {
        var isLater = (heard.At, heard.Id).CompareTo((known.At, known.Id)) > 0;
        var (kept, other) = isLater == CanRepeat(heard.Kind) ? (heard, known) : (known, heard);
        if (other.Expectation.CompareTo(kept.Expectation) <= 0) return kept;
        var told = other.ExpectationAt ?? other.At;
        return kept with { ExpectedBy = other.ExpectedBy, ExpectationAt = told == kept.At ? null : told };
    }

    private static bool CanRepeat(ShipmentStatus kind) => kind is ShipmentStatus.InTransit or ShipmentStatus.OutForDelivery or ShipmentStatus.Failed;
}
