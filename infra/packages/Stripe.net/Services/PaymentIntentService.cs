namespace Stripe;

/// <summary>Attempts to collect a payment.</summary>
public class PaymentIntentService : Service
{
    private const string Path = "/v1/payment_intents";

    public PaymentIntentService()
    {
    }

    public PaymentIntentService(IStripeClient client)
        : base(client)
    {
    }

    public virtual PaymentIntent Get(string id, PaymentIntentGetOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<PaymentIntent>(At(Path, id), options, requestOptions));

    public virtual Task<PaymentIntent> GetAsync(
        string id,
        PaymentIntentGetOptions options = null,
        RequestOptions requestOptions = null,
        CancellationToken cancellationToken = default) =>
        GetAtAsync<PaymentIntent>(At(Path, id), options, requestOptions, cancellationToken);

    public virtual StripeList<PaymentIntent> List(PaymentIntentListOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<StripeList<PaymentIntent>>(Path, options, requestOptions));

    public virtual Task<StripeList<PaymentIntent>> ListAsync(
        PaymentIntentListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAtAsync<StripeList<PaymentIntent>>(Path, options, requestOptions, cancellationToken);

    public virtual IEnumerable<PaymentIntent> ListAutoPaging(
        PaymentIntentListOptions options = null, RequestOptions requestOptions = null) =>
        Pages<PaymentIntent>(Path, options, requestOptions);

    public virtual IAsyncEnumerable<PaymentIntent> ListAutoPagingAsync(
        PaymentIntentListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PagesAsync<PaymentIntent>(Path, options, requestOptions, cancellationToken);
}
