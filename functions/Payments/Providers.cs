namespace Shop.Functions.Payments;

/// <summary>The names of the payment providers, as the API and the ledger write them.</summary>
public static class Providers
{
    public const string Stripe = "stripe";
    public const string PayPal = "paypal";

    public static IReadOnlyList<string> All { get; } = [Stripe, PayPal];
}
