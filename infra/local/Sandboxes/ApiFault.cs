namespace Shop.Local.Sandboxes;

/// <summary>Makes the next API calls go wrong.</summary>
public sealed record ApiFault(ApiFaultKind Kind)
{
    /// <summary>Only this HTTP method; any when null.</summary>
    public string? Method { get; init; }

    /// <summary>Only paths that begin with this, for example <c>/v1/refunds</c> or <c>/v2/checkout/orders/*/capture</c>; any when null.</summary>
    public string? Path { get; init; }

    /// <summary>How many calls.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The provider's code for the refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Value of Stripe's <c>Stripe-Should-Retry</c> header; left out when null.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>How late <see cref="ApiFaultKind.Slow"/> is.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);
}
