using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Local.Stripe;

/// <summary>The <c>Stripe-Signature</c> header: HMAC-SHA256 of <c>{t}.{body}</c>, keyed with the whole secret, in lower-case hex.</summary>
public static class WebhookSignature
{
    /// <summary>A header with one <c>v1</c> for each secret, and a <c>v0</c> that receivers must ignore if asked for.</summary>
    public static string Header(string body, IEnumerable<string> secrets, DateTimeOffset at, bool withV0 = false)
    {
        var time = at.ToUnixTimeSeconds();
        var header = new StringBuilder().Append(CultureInfo.InvariantCulture, $"t={time}");
        foreach (var secret in secrets)
            header.Append(",v1=").Append(Compute(body, secret, time));
        if (withV0)
            header.Append(",v0=").Append(Compute(body, "v0", time));
        return header.ToString();
    }

    /// <summary>The signature of a body for a Unix time.</summary>
    public static string Compute(string body, string secret, long time) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time}.{body}"))));
}
