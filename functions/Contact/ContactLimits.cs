using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Contact;

/// <summary>How often somebody may write, and how often an address may be sent a receipt.</summary>
public sealed class ContactLimits(TimeProvider clock)
{
    public RateLimit Visitors { get; } = new(10, TimeSpan.FromHours(1), clock);

    public RateLimit Receipts { get; } = new(2, TimeSpan.FromHours(24), clock);
}
