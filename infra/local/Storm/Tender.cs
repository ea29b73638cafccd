namespace Shop.Local.Storm;

/// <summary>With whom an order is paid.</summary>
public enum Tender
{
    Stripe,
    PayPal,
}
