using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Payments.PayPal;

/// <summary>What a delivery says about its own signature: the five headers. Nothing of it is to be believed.</summary>
/// <param name="Algorithm">As sent; only <see cref="PayPalSignature.Algorithm"/> is accepted.</param>
public sealed record PayPalTransmission(string Id, string Time, string Signature, string CertificateUrl, string Algorithm)
{
    private const int LongestHeader = 1024;

    /// <returns>Null when one of the headers is missing, there more than once, or longer than any real one.</returns>
    public static PayPalTransmission? Of(IHeaderDictionary headers) =>
        One(headers, "PAYPAL-TRANSMISSION-ID") is { } id
        && One(headers, "PAYPAL-TRANSMISSION-TIME") is { } time
        && One(headers, "PAYPAL-TRANSMISSION-SIG") is { } signature
        && One(headers, "PAYPAL-CERT-URL") is { } url
        && One(headers, "PAYPAL-AUTH-ALGO") is { } algorithm
            ? new(id, time, signature, url, algorithm)
            : null;

    private static string? One(IHeaderDictionary headers, string name) => headers[name] is [{ Length: > 0 and <= LongestHeader } value] ? value : null;
}
