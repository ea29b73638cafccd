namespace Stripe;

/// <summary>Refunds of charges and payment intents.</summary>
public class RefundService : Service
{
    private const string Path = "/v1/refunds";

    public RefundService()
    {
    }

    public RefundService(IStripeClient client)
        : base(client)
    {
    }

    public virtual Refund Cancel(string id, RefundCancelOptions options = null, RequestOptions requestOptions = null) =>
        Wait(PostAtAsync<Refund>(At(Path, id, "/cancel"), options, requestOptions));

    public virtual Task<Refund> CancelAsync(
        string id,
        RefundCancelOptions options = null,
        RequestOptions requestOptions = null,
        CancellationToken cancellationToken = default) =>
        PostAtAsync<Refund>(At(Path, id, "/cancel"), options, requestOptions, cancellationToken);

    public virtual Refund Create(RefundCreateOptions options, RequestOptions requestOptions = null) =>
        Wait(PostAtAsync<Refund>(Path, options, requestOptions));

    public virtual Task<Refund> CreateAsync(
        RefundCreateOptions options, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAtAsync<Refund>(Path, options, requestOptions, cancellationToken);

    public virtual Refund Get(string id, RefundGetOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<Refund>(At(Path, id), options, requestOptions));

    public virtual Task<Refund> GetAsync(
        string id, RefundGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<Refund>(At(Path, id), options, requestOptions, cancellationToken);

    public virtual StripeList<Refund> List(RefundListOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<StripeList<Refund>>(Path, options, requestOptions));

    public virtual Task<StripeList<Refund>> ListAsync(
        RefundListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<StripeList<Refund>>(Path, options, requestOptions, cancellationToken);

    public virtual IEnumerable<Refund> ListAutoPaging(RefundListOptions options = null, RequestOptions requestOptions = null) =>
        Pages<Refund>(Path, options, requestOptions);

    public virtual IAsyncEnumerable<Refund> ListAutoPagingAsync(
        RefundListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PagesAsync<Refund>(Path, options, requestOptions, cancellationToken);

    public virtual Refund Update(string id, RefundUpdateOptions options, RequestOptions requestOptions = null) =>
        Wait(PostAtAsync<Refund>(At(Path, id), options, requestOptions));

    public virtual Task<Refund> UpdateAsync(
        string id, RefundUpdateOptions options, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAtAsync<Refund>(At(Path, id), options, requestOptions, cancellationToken);
}
