namespace Shop.Local.Sandboxes;

/// <summary>How the delivery of events goes wrong.</summary>
public enum WebhookFaultKind
{
    /// <summary>Several copies at the same moment.</summary>
    Duplicate,

    /// <summary>The events that are due together go out in another order.</summary>
    Shuffle,

    /// <summary>Kept back for a while.</summary>
    Delay,

    /// <summary>Never sent; the list of events has it.</summary>
    Drop,

    /// <summary>Signed with a secret nobody has.</summary>
    WrongSignature,

    /// <summary>Stripe: rightly signed for a moment an hour ago.</summary>
    OldTimestamp,

    /// <summary>Stripe: a foreign <c>v1</c> signature before the right one, as while a secret is rotated.</summary>
    TwoSignatures,

    /// <summary>Stripe: rendered for another API version.</summary>
    OtherApiVersion,

    /// <summary>PayPal: rightly signed by somebody else, whose certificate is on their own host.</summary>
    ForeignCertificateHost,

    /// <summary>PayPal: the certificate's address is <c>http</c>, not <c>https</c>.</summary>
    HttpCertificateUrl,

    /// <summary>PayPal: signed by somebody else with a certificate of their own, under PayPal's name and address.</summary>
    ForeignCertificate,

    /// <summary>PayPal: rightly signed for another webhook.</summary>
    WrongWebhookId,
}

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
