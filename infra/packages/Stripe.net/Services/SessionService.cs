namespace Stripe.Checkout;

/// <summary>Hosted payment pages.</summary>
public class SessionService : Service
{
    private const string Path = "/v1/checkout/sessions";

    private SessionLineItemService lineItems;

    public SessionService()
    {
    }

    public SessionService(IStripeClient client)
        : base(client)
    {
    }

    /// <summary>The lines of a session, which the session itself has only when expanded.</summary>
    public virtual SessionLineItemService LineItems => lineItems ??= new SessionLineItemService(Caller);


    public virtual Session Create(SessionCreateOptions options, RequestOptions requestOptions = null) =>
        Wait(PostAtAsync<Session>(Path, options, requestOptions));

    public virtual Task<Session> CreateAsync(
        SessionCreateOptions options, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAtAsync<Session>(Path, options, requestOptions, cancellationToken);

    public virtual Session Expire(string id, SessionExpireOptions options = null, RequestOptions requestOptions = null) =>
        Wait(PostAtAsync<Session>(At(Path, id, "/expire"), options, requestOptions));

    public virtual Task<Session> ExpireAsync(
        string id,
        SessionExpireOptions options = null,
        RequestOptions requestOptions = null,
        CancellationToken cancellationToken = default) =>
        PostAtAsync<Session>(At(Path, id, "/expire"), options, requestOptions, cancellationToken);

    public virtual Session Get(string id, SessionGetOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<Session>(At(Path, id), options, requestOptions));

    public virtual Task<Session> GetAsync(
        string id, SessionGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<Session>(At(Path, id), options, requestOptions, cancellationToken);

    public virtual StripeList<Session> List(SessionListOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<StripeList<Session>>(Path, options, requestOptions));

    public virtual Task<StripeList<Session>> ListAsync(
        SessionListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<StripeList<Session>>(Path, options, requestOptions, cancellationToken);

    public virtual IEnumerable<Session> ListAutoPaging(SessionListOptions options = null, RequestOptions requestOptions = null) =>
        Pages<Session>(Path, options, requestOptions);

    public virtual IAsyncEnumerable<Session> ListAutoPagingAsync(
        SessionListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PagesAsync<Session>(Path, options, requestOptions, cancellationToken);

    public virtual Session Update(string id, SessionUpdateOptions options, RequestOptions requestOptions = null) =>
        Wait(PostAtAsync<Session>(At(Path, id), options, requestOptions));

    public virtual Task<Session> UpdateAsync(
        string id, SessionUpdateOptions options, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAtAsync<Session>(At(Path, id), options, requestOptions, cancellationToken);
}
