using Shop.Functions.Platform;

namespace Shop.Functions.Tracking;

/// <summary>A step as the customer reads it.</summary>
/// <param name="Kind">For programs: it never changes its meaning.</param>
/// <param name="Text">For people: one sentence.</param>
/// <param name="Shipment">The number of the parcel that it is about.</param>
/// <param name="Place">Where the parcel was, as its carrier calls it.</param>
public sealed record TimelineEvent(DateTimeOffset At, string Kind, string Text, Money? Amount, int? Shipment = null, string? Place = null);
