using Shop.Functions.Platform;

namespace Shop.Functions.Tracking;

/// <summary>A step as the customer reads it.</summary>
/// <param name="Kind">For programs: it never changes its meaning.</param>
/// <param name="Text">For people: one sentence.</param>
public sealed record TimelineEvent(DateTimeOffset At, string Kind, string Text, Money? Amount);
