namespace Stripe;

/// <summary>Query of <c>GET /v1/charges/{id}</c>.</summary>
public class ChargeGetOptions : BaseOptions;

/// <summary>Query of <c>GET /v1/charges</c>.</summary>
public class ChargeListOptions : ListOptions
{
    public AnyOf<DateTime?, DateRangeOptions> Created { get; set; }
    public string Customer { get; set; }
    public string PaymentIntent { get; set; }
    public string TransferGroup { get; set; }
}
