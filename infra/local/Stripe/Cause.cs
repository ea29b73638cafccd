namespace Shop.Local.Stripe;

/// <summary>Who caused an event: the API request behind it, or nobody's (null ids) for what the clock or the buyer did.</summary>
internal sealed record Cause(string? RequestId, string? IdempotencyKey)
{
    public static Cause None { get; } = new(null, null);
}
