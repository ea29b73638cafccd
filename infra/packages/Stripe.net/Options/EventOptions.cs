namespace Stripe;

/// <summary>Query of <c>GET /v1/events/{id}</c>.</summary>
public class EventGetOptions : BaseOptions;

/// <summary>Query of <c>GET /v1/events</c>: newest first, the last 30 days only.</summary>
public class EventListOptions : ListOptions
{
    public AnyOf<DateTime?, DateRangeOptions> Created { get; set; }
    public bool? DeliverySuccess { get; set; }
    public string Type { get; set; }
    public List<string> Types { get; set; }
}
