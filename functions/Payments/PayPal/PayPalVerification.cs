namespace Shop.Functions.Payments.PayPal;

/// <summary>How the signature of a webhook is checked.</summary>
public enum PayPalVerification
{
    /// <summary>Here, with the certificate that PayPal publishes: no call once that is known.</summary>
    Offline,

    /// <summary>By PayPal: a call to its API for each delivery.</summary>
    Postback,
}
