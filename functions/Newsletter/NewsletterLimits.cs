using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Newsletter;

/// <summary>How often somebody may ask, and how often an address is written to before its owner has said anything.</summary>
internal static class NewsletterLimits
{
    /// <inheritdoc cref="Contact.ContactLimits.Visitors" />
    public static readonly RateRule Visitors = new("newsletter", 10, TimeSpan.FromHours(1)) { Unstored = 1, FailsOpen = true };

    /// <summary>Of mail to whoever was typed in, exactly so many.</summary>
    public static readonly RateRule Recipients = new("newsletter-question", 2, TimeSpan.FromHours(24));
}
