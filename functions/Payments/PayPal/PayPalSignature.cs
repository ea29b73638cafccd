using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Functions.Payments.PayPal;

/// <summary>The parts of PayPal's webhook verification that need no one else (facts/payments.md §2.3). Pure.</summary>
public static class PayPalSignature
{
    /// <summary>The sender does not choose: a weaker one would be as good as none.</summary>
    public const string Algorithm = "SHA256withRSA";

    private const string CertificatePath = "/v1/notifications/certs/";
    private const int LongestCertificateId = 100;

    private static readonly string[] LiveHosts = ["api.paypal.com", "api-m.paypal.com"];
    private static readonly string[] SandboxHosts = ["api.sandbox.paypal.com", "api-m.sandbox.paypal.com"];

    /// <summary>The one name that signing certificates are made out to.</summary>
    public static string CertificateName(bool live) => live ? "messageverificationcerts.paypal.com" : "messageverificationcerts.sandbox.paypal.com";

    /// <summary>
    /// Where the certificate may be fetched: exactly PayPal's hosts of this environment, https, nothing unusual in the
    /// address. Everything else is turned away unfetched, for whoever signs could name any server.
    /// </summary>
    /// <returns>Null when it may not be fetched.</returns>
    public static Uri? CertificateUrl(string url, bool live)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || !uri.IsDefaultPort || uri.UserInfo.Length > 0) return null;
        if (!(live ? LiveHosts : SandboxHosts).Contains(uri.Host, StringComparer.Ordinal) || !uri.AbsolutePath.StartsWith(CertificatePath, StringComparison.Ordinal)) return null;
        var id = uri.AbsolutePath[CertificatePath.Length..];
        var isPlain = id.Length is > 0 and <= LongestCertificateId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        // Rebuilt from the parts that were checked: parsers that read a crafted address in two ways get no chance.
        return isPlain ? new Uri($"https://{uri.Host}{CertificatePath}{id}") : null;
    }

    /// <summary>Whether the transmission was signed for one of our webhooks, over exactly these bytes.</summary>
    public static bool IsSigned(PayPalTransmission transmission, ReadOnlySpan<byte> body, IEnumerable<string> webhookIds, RSA key)
    {
        Span<byte> signature = stackalloc byte[1024];
        if (transmission.Algorithm != Algorithm || !Convert.TryFromBase64String(transmission.Signature, signature, out var length)) return false;
        var checksum = Crc32(body).ToString(CultureInfo.InvariantCulture);
        foreach (var webhookId in webhookIds)
        {
            // The header texts as they came: PayPal signed those, not what they mean.
            var message = Encoding.UTF8.GetBytes($"{transmission.Id}|{transmission.Time}|{webhookId}|{checksum}");
            if (key.VerifyData(message, signature[..length], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return true;
        }

        return false;
    }

    /// <summary>The checksum of IEEE 802.3.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes) => System.IO.Hashing.Crc32.HashToUInt32(bytes);
}
