namespace Stripe;

/// <summary>Disputes; closing one accepts the loss.</summary>
public class DisputeService : Service
{
    private const string Path = "/v1/disputes";

    public DisputeService()
    {
    }

    public DisputeService(IStripeClient client)
        : base(client)
    {
    }

    public virtual Dispute Close(string id, DisputeCloseOptions options = null, RequestOptions requestOptions = null) =>
        Wait(PostAtAsync<Dispute>(At(Path, id, "/close"), options, requestOptions));

    public virtual Task<Dispute> CloseAsync(
        string id,
        DisputeCloseOptions options = null,
        RequestOptions requestOptions = null,
        CancellationToken cancellationToken = default) =>
        PostAtAsync<Dispute>(At(Path, id, "/close"), options, requestOptions, cancellationToken);

    public virtual Dispute Get(string id, DisputeGetOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<Dispute>(At(Path, id), options, requestOptions));

    public virtual Task<Dispute> GetAsync(
        string id, DisputeGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<Dispute>(At(Path, id), options, requestOptions, cancellationToken);

    public virtual StripeList<Dispute> List(DisputeListOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<StripeList<Dispute>>(Path, options, requestOptions));

    public virtual Task<StripeList<Dispute>> ListAsync(
        DisputeListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<StripeList<Dispute>>(Path, options, requestOptions, cancellationToken);

    public virtual IEnumerable<Dispute> ListAutoPaging(DisputeListOptions options = null, RequestOptions requestOptions = null) =>
        Pages<Dispute>(Path, options, requestOptions);

    public virtual IAsyncEnumerable<Dispute> ListAutoPagingAsync(
        DisputeListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PagesAsync<Dispute>(Path, options, requestOptions, cancellationToken);
}
