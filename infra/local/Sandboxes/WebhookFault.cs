namespace Shop.Local.Sandboxes;

/// <summary>Makes the next deliveries go wrong. Several may meet on one delivery.</summary>
public sealed record WebhookFault(WebhookFaultKind Kind)
{
    /// <summary>Only events of this type; any when null.</summary>
    public string? EventType { get; init; }

    /// <summary>How many events (drop, delay), batches (shuffle) or attempts (the others).</summary>
    public int Times { get; init; } = 1;

    /// <summary>Only the first of so many that fit: with 10, the 1st, the 11th, the 21st.</summary>
    public int Every { get; init; } = 1;

    /// <summary>How many that fit are still to pass unharmed.</summary>
    internal int Passing { get; init; }

    /// <summary>How many copies <see cref="WebhookFaultKind.Duplicate"/> sends.</summary>
    public int Copies { get; init; } = 2;

    /// <summary>How long <see cref="WebhookFaultKind.Delay"/> keeps an event back.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What <see cref="WebhookFaultKind.OtherApiVersion"/> puts in.</summary>
    public string ApiVersion { get; init; } = "2025-11-17.clover";
}
