using Shop.Local.Sandboxes;

namespace Shop.Local.Carriers;

/// <summary>What the carrier's sandbox is started with.</summary>
public sealed record CarrierSandboxOptions : SandboxOptions
{
    /// <summary>The carrier's code in the shop's settings.</summary>
    public required string Code { get; init; }

    /// <summary>What deliveries are signed with: each carries one <c>v1</c> signature for each of them.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; init; } = [];
}
