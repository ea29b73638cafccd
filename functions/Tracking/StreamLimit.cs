using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Tracking;

/// <summary>How many streams an account may open within the time that one lasts: each keeps an instance busy.</summary>
public sealed class StreamLimit(TimeProvider clock)
{
    /// <summary>More than anybody has pages open.</summary>
    public const int Most = 20;

    public RateLimit Accounts { get; } = new(Most, StreamTracking.Longest, clock);
}
