namespace Stripe;

/// <summary>What happened in the last 30 days, newest first. Listed events keep the API version they were made with.</summary>
public class EventService : Service
{
    private const string Path = "/v1/events";

    public EventService()
    {
    }

    public EventService(IStripeClient client)
        : base(client)
    {
    }

    public virtual Event Get(string id, EventGetOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<Event>(At(Path, id), options, requestOptions));

    public virtual Task<Event> GetAsync(
        string id, EventGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<Event>(At(Path, id), options, requestOptions, cancellationToken);

    public virtual StripeList<Event> List(EventListOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<StripeList<Event>>(Path, options, requestOptions));

    public virtual Task<StripeList<Event>> ListAsync(
        EventListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<StripeList<Event>>(Path, options, requestOptions, cancellationToken);

    public virtual IEnumerable<Event> ListAutoPaging(EventListOptions options = null, RequestOptions requestOptions = null) =>
        Pages<Event>(Path, options, requestOptions);

    public virtual IAsyncEnumerable<Event> ListAutoPagingAsync(
        EventListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PagesAsync<Event>(Path, options, requestOptions, cancellationToken);
}
