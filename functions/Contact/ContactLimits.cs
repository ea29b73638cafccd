using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Contact;

/// <summary>How often somebody may write, and how often an address may be sent a receipt.</summary>
internal static class ContactLimits
{
    /// <summary>Whoever writes now and then leaves no trace in storage, and need not wait for it: the work that each message takes holds a flood back as well.</summary>
    public static readonly RateRule Visitors = new("contact", 10, TimeSpan.FromHours(1)) { Unstored = 1, FailsOpen = true };

    /// <summary>Of mail to whoever was typed in, exactly so many.</summary>
    public static readonly RateRule Receipts = new("contact-receipt", 2, TimeSpan.FromHours(24));
}
