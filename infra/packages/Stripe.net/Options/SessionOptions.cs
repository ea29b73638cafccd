using Stripe.Forms;

namespace Stripe.Checkout;

/// <summary>Query of <c>GET /v1/checkout/sessions/{id}</c>.</summary>
public class SessionGetOptions : BaseOptions;

/// <summary>Body of <c>POST /v1/checkout/sessions/{id}/expire</c>.</summary>
public class SessionExpireOptions : BaseOptions;

/// <summary>Body of <c>POST /v1/checkout/sessions/{id}</c>.</summary>
public class SessionUpdateOptions : BaseOptions, IHasMetadata
{
    private Dictionary<string, string> metadata;
    private List<SessionShippingOptionOptions> shippingOptions;

    public List<SessionLineItemOptions> LineItems { get; set; }

    public Dictionary<string, string> Metadata
    {
        get => metadata;
        set
        {
            metadata = value;
            SetTracker.Track();
        }
    }

    public List<SessionShippingOptionOptions> ShippingOptions
    {
        get => shippingOptions;
        set
        {
            shippingOptions = value;
            SetTracker.Track();
        }
    }
}

/// <summary>Query of <c>GET /v1/checkout/sessions</c>.</summary>
public class SessionListOptions : ListOptions
{
    public AnyOf<DateTime?, DateRangeOptions> Created { get; set; }
    public string Customer { get; set; }
    public string CustomerAccount { get; set; }
    public SessionCustomerDetailsOptions CustomerDetails { get; set; }
    public string PaymentIntent { get; set; }
    public string PaymentLink { get; set; }
    public string Status { get; set; }
    public string Subscription { get; set; }
}

/// <summary>Finds sessions by the e-mail address typed on the page.</summary>
public class SessionCustomerDetailsOptions : INestedOptions
{
    public string Email { get; set; }
}

/// <summary>Query of <c>GET /v1/checkout/sessions/{id}/line_items</c>.</summary>
public class SessionLineItemListOptions : ListOptions;
