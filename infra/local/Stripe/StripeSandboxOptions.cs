using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>What the Stripe sandbox is started with.</summary>
public sealed record StripeSandboxOptions : SandboxOptions
{
    /// <summary>Secret keys that are let in; when empty, every <c>sk_test_…</c> and <c>rk_test_…</c> is.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>Signing secrets (<c>whsec_…</c>): each delivery carries one <c>v1</c> signature for each of them.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; init; } = [];

    /// <summary>Adds the <c>v0</c> signature that Stripe puts on test events and that receivers must ignore.</summary>
    public bool SignWithV0 { get; init; } = true;

    /// <summary>How long a bank debit or similar stays <c>processing</c> (automatic mode).</summary>
    public TimeSpan DelayedPaymentSettles { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a refund stays <c>pending</c> (automatic mode); zero makes it succeed in the answer itself.</summary>
    public TimeSpan RefundSettles { get; init; } = TimeSpan.FromSeconds(1);
}
