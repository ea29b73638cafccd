using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>What the PayPal sandbox is started with.</summary>
public sealed record PayPalSandboxOptions : SandboxOptions
{
    /// <summary>The REST app that is let in; when empty, any id and secret are.</summary>
    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>The webhooks that verification knows. Deliveries are signed for the first; one of its own making when empty.</summary>
    public IReadOnlyList<string> WebhookIds { get; init; } = [];

    /// <summary>How long a buyer may take to approve, and the shop to capture; afterwards the order is gone.</summary>
    public TimeSpan OrdersAreKept { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long a capture stays <c>PENDING</c> (automatic mode).</summary>
    public TimeSpan CaptureSettles { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a refund stays <c>PENDING</c> that a fault made so (automatic mode).</summary>
    public TimeSpan RefundSettles { get; init; } = TimeSpan.FromSeconds(2);
}
