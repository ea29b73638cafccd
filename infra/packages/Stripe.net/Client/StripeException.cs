using System.Net;

namespace Stripe;

/// <summary>
/// Stripe refused a call, answered with what is no answer, or a webhook is not as it should be. Failures of the network
/// are not turned into this.
/// </summary>
public class StripeException : Exception
{
    public StripeException()
    {
    }

    public StripeException(string message)
        : base(message)
    {
    }

    public StripeException(string message, Exception err)
        : base(message, err)
    {
    }

    public StripeException(HttpStatusCode httpStatusCode, StripeError stripeError, string message)
        : base(message)
    {
        HttpStatusCode = httpStatusCode;
        StripeError = stripeError;
    }

    public HttpStatusCode HttpStatusCode { get; set; }

    /// <summary>Null if the answer was not Stripe's JSON.</summary>
    public StripeError StripeError { get; set; }

    public StripeResponse StripeResponse { get; set; }
}
