namespace Stripe.Checkout;

/// <summary>The lines of a session.</summary>
public class SessionLineItemService : Service
{
    public SessionLineItemService()
    {
    }

    public SessionLineItemService(IStripeClient client)
        : base(client)
    {
    }

    public virtual StripeList<LineItem> List(
        string parentId, SessionLineItemListOptions options = null, RequestOptions requestOptions = null) =>
        Wait(GetAtAsync<StripeList<LineItem>>(PathOf(parentId), options, requestOptions));

    public virtual Task<StripeList<LineItem>> ListAsync(
        string parentId,
        SessionLineItemListOptions options = null,
        RequestOptions requestOptions = null,
        CancellationToken cancellationToken = default) =>
        GetAtAsync<StripeList<LineItem>>(PathOf(parentId), options, requestOptions, cancellationToken);

    public virtual IEnumerable<LineItem> ListAutoPaging(
        string parentId, SessionLineItemListOptions options = null, RequestOptions requestOptions = null) =>
        Pages<LineItem>(PathOf(parentId), options, requestOptions);

    public virtual IAsyncEnumerable<LineItem> ListAutoPagingAsync(
        string parentId,
        SessionLineItemListOptions options = null,
        RequestOptions requestOptions = null,
        CancellationToken cancellationToken = default) =>
        PagesAsync<LineItem>(PathOf(parentId), options, requestOptions, cancellationToken);

    private static string PathOf(string session) => At("/v1/checkout/sessions", session, "/line_items");
}
