namespace Stripe;

/// <summary>Query of <c>GET /v1/payment_intents/{id}</c>.</summary>
public class PaymentIntentGetOptions : BaseOptions
{
    public string ClientSecret { get; set; }
}

/// <summary>Query of <c>GET /v1/payment_intents</c>.</summary>
public class PaymentIntentListOptions : ListOptions
{
    public AnyOf<DateTime?, DateRangeOptions> Created { get; set; }
    public string Customer { get; set; }
    public string CustomerAccount { get; set; }
}
