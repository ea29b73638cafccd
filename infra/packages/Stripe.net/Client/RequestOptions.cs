namespace Stripe;

/// <summary>What one call may set apart from its parameters. What is null comes from the client.</summary>
public class RequestOptions
{
    public string ApiKey { get; set; }

    /// <summary>At most 255 characters; Stripe answers the same key with the first answer for at least 24 hours.</summary>
    public string IdempotencyKey { get; set; }

    public string StripeAccount { get; set; }

    /// <summary>Null takes the client's; an empty string sends none.</summary>
    public string StripeContext { get; set; }

    public string StripeRequestTrigger { get; set; }
}

/// <summary>The same for a raw request, with another host and further headers.</summary>
public class RawRequestOptions : RequestOptions
{
    public string BaseUrl { get; set; }
    public Dictionary<string, string> AdditionalHeaders { get; set; } = [];
}
