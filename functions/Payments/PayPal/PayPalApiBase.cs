using Microsoft.Extensions.Options;

namespace Shop.Functions.Payments.PayPal;

/// <summary>
/// Leads what is meant for PayPal to another server that speaks its protocol: PayPal's library has no setting for its
/// address. Does nothing where none is configured.
/// </summary>
public sealed class PayPalApiBase(IOptions<PayPalOptions> options) : DelegatingHandler
{
    private readonly Uri? _base = string.IsNullOrEmpty(options.Value.ApiBase) ? null : new Uri(options.Value.ApiBase);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_base is not null)
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = _base.Scheme, Host = _base.Host, Port = _base.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
