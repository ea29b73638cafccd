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
