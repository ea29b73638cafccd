namespace Stripe;

/// <summary>Query of <c>GET /v1/disputes/{id}</c>.</summary>
public class DisputeGetOptions : BaseOptions;

/// <summary>Query of <c>GET /v1/disputes</c>.</summary>
public class DisputeListOptions : ListOptions
{
    public string Charge { get; set; }
    public AnyOf<DateTime?, DateRangeOptions> Created { get; set; }
    public string PaymentIntent { get; set; }
}

/// <summary>Body of <c>POST /v1/disputes/{id}/close</c>, which accepts the loss.</summary>
public class DisputeCloseOptions : BaseOptions;
