namespace Stripe;

/// <summary>What a client is made of. Later changes to this object do not reach the client.</summary>
public class StripeClientOptions
{
    public string ApiKey { get; set; }
    public string ClientId { get; set; }
    public IHttpClient HttpClient { get; set; }

    /// <summary>Scheme and host without a trailing slash; paths are appended as they are.</summary>
    public string ApiBase { get; set; }

    public string ConnectBase { get; set; }
    public string FilesBase { get; set; }
    public string MeterEventsBase { get; set; }
    public string StripeAccount { get; set; }
    public string StripeContext { get; set; }

    internal StripeClientOptions Copy() => (StripeClientOptions)MemberwiseClone();
}
