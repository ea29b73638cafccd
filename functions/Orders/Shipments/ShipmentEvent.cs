using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>What a carrier says of a parcel.</summary>
/// <param name="Shipment">The parcel's number.</param>
/// <param name="Id">Made of the carrier's id of the event; as long as ours are, whatever the carrier's look like.</param>
/// <param name="Kind">What happened; never <see cref="ShipmentStatus.AwaitingCollection"/>.</param>
/// <param name="At">When, by the carrier's clock.</param>
/// <param name="Place">Where, if the carrier says so.</param>
/// <param name="ExpectedBy">When it means to hand the parcel over at the latest, if it says so.</param>
public sealed record ShipmentEvent(
    int Shipment, string Id, ShipmentStatus Kind, DateTimeOffset At, [property: DataClass(DataClass.Delivery)] string? Place = null, DateTimeOffset? ExpectedBy = null)
{
    public const int LongestPlace = 40;

    public const string CarriersIdRule = "1 to 255 printable ASCII characters.";

    public const string ExpectedRule = "At the time of the event or within 90 days after it.";

    /// <summary>What is further away is a mistake.</summary>
    public static readonly TimeSpan LongestJourney = TimeSpan.FromDays(90);

    /// <returns>The event without where the parcel was.</returns>
    public ShipmentEvent Restricted() => this with { Place = null };

    /// <returns>True for what can be a carrier's id of an event.</returns>
    public static bool IsCarriersId([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) => text is { Length: > 0 and <= 255 } && text.All(c => c is > ' ' and < '\x7f');

    /// <returns>True for what can name a place, and takes no more room in storage than it has characters; and for none.</returns>
    public static bool IsPlace(string? text) =>
        text is null || (text.Length <= LongestPlace && text.Any(char.IsLetterOrDigit) && text.All(c => char.IsLetterOrDigit(c) || " -.,'/():&".Contains(c, StringComparison.Ordinal)));

    /// <returns>True for a time at which what was told can end, and for none.</returns>
    public static bool IsExpectable(DateTimeOffset? expectedBy, DateTimeOffset at) => expectedBy is not { } end || (end >= at && end - at <= LongestJourney);

    /// <summary>
    /// Of each parcel one event of a kind is kept: the first of what happens once, the latest of what can happen again. So
    /// however much carriers say there is room for it, and in whatever order and how often they say it the same is kept.
    /// </summary>
    /// <returns>The very same array when it says nothing new.</returns>
    public static ImmutableArray<ShipmentEvent> Merge(ImmutableArray<ShipmentEvent> events, ShipmentEvent heard)
    {
        var own = events.Where(known => known.Shipment == heard.Shipment).ToList();
        if (own.Any(known => known.Id == heard.Id)) return events;
        var alike = own.FirstOrDefault(known => known.Kind == heard.Kind);
        if (alike is null) return events.Add(heard).Sort((left, right) => (left.Shipment, left.Kind).CompareTo((right.Shipment, right.Kind)));
        var isLater = (heard.At, heard.Id).CompareTo((alike.At, alike.Id)) > 0;
        return isLater == CanRepeat(heard.Kind) ? events.Replace(alike, heard) : events;
    }

    private static bool CanRepeat(ShipmentStatus kind) => kind is ShipmentStatus.InTransit or ShipmentStatus.OutForDelivery or ShipmentStatus.Failed;
}
