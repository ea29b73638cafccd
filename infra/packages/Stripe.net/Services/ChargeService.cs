namespace Stripe;

/// <summary>Money taken from buyers.</summary>
public class ChargeService : Service
{
    private const string Path = "/v1/charges";

    public ChargeService()
    {
    }

    public ChargeService(IStripeClient client)
        : base(client)
    {
    }

    public virtual Charge Get(string id, ChargeGetOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<Charge>(At(Path, id), options, requestOptions));

    public virtual Task<Charge> GetAsync(
        string id, ChargeGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<Charge>(At(Path, id), options, requestOptions, cancellationToken);

    public virtual StripeList<Charge> List(ChargeListOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<StripeList<Charge>>(Path, options, requestOptions));

    public virtual Task<StripeList<Charge>> ListAsync(
        ChargeListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<StripeList<Charge>>(Path, options, requestOptions, cancellationToken);

    public virtual IEnumerable<Charge> ListAutoPaging(ChargeListOptions options = null, RequestOptions requestOptions = null) =>
        Pages<Charge>(Path, options, requestOptions);

    public virtual IAsyncEnumerable<Charge> ListAutoPagingAsync(
        ChargeListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PagesAsync<Charge>(Path, options, requestOptions, cancellationToken);
}
