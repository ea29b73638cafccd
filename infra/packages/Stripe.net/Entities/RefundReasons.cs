namespace Stripe;

/// <summary>Values of <see cref="RefundCreateOptions.Reason"/>.</summary>
public static class RefundReasons
{
    public const string Duplicate = "duplicate";
    public const string Fraudulent = "fraudulent";
    public const string RequestedByCustomer = "requested_by_customer";
    public const string Unknown = null;
}
