using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Newsletter;

/// <summary>How often somebody may ask, and how often an address is written to before its owner has said anything.</summary>
public sealed class NewsletterLimits(TimeProvider clock)
{
    public RateLimit Visitors { get; } = new(10, TimeSpan.FromHours(1), clock);

    public RateLimit Recipients { get; } = new(2, TimeSpan.FromHours(24), clock);
}
