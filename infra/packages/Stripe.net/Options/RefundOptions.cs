using Stripe.Forms;

namespace Stripe;

/// <summary>Body of <c>POST /v1/refunds</c>: a payment intent or a charge; no amount means all that is left.</summary>
public class RefundCreateOptions : BaseOptions, IHasMetadata
{
    private Dictionary<string, string> metadata;

    public long? Amount { get; set; }
    public string Charge { get; set; }
    public string Currency { get; set; }
    public string Customer { get; set; }
    public string InstructionsEmail { get; set; }

    public Dictionary<string, string> Metadata
    {
        get => metadata;
        set
        {
            metadata = value;
            SetTracker.Track();
        }
    }

    public string Origin { get; set; }
    public string PaymentIntent { get; set; }
    public string Reason { get; set; }
    public bool? RefundApplicationFee { get; set; }
    public bool? ReverseTransfer { get; set; }
}

/// <summary>Query of <c>GET /v1/refunds/{id}</c>.</summary>
public class RefundGetOptions : BaseOptions;

/// <summary>Query of <c>GET /v1/refunds</c>.</summary>
public class RefundListOptions : ListOptions
{
    public string Charge { get; set; }
    public AnyOf<DateTime?, DateRangeOptions> Created { get; set; }
    public string PaymentIntent { get; set; }
}

/// <summary>Body of <c>POST /v1/refunds/{id}</c>.</summary>
public class RefundUpdateOptions : BaseOptions, IHasMetadata
{
    private Dictionary<string, string> metadata;

    public Dictionary<string, string> Metadata
    {
        get => metadata;
        set
        {
            metadata = value;
            SetTracker.Track();
        }
    }
}

/// <summary>Body of <c>POST /v1/refunds/{id}/cancel</c>.</summary>
public class RefundCancelOptions : BaseOptions;
