using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Shop.Functions.Tests.FrontDoor;
using Checksum = Shop.Local.PayPal.PayPalSignature;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>Deliveries that a test signs by itself, as PayPal does, with certificates of its own making.</summary>
internal static class PayPalSigner
{
    public const string Path = "api/webhooks/paypal";
    public const string WebhookId = "WEBHOOK1";
    public const string Name = "messageverificationcerts.sandbox.paypal.com";

    /// <summary>An event that is signed and none of the shop's business.</summary>
    public const string Event = """{"id":"WH-1","event_version":"1.0","create_time":"2026-11-20T12:00:00.000Z","event_type":"VAULT.CREDIT-CARD.CREATED","resource":{}}""";

    private static readonly RSA LeafKey = RSA.Create(2048);
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    public static X509Certificate2 Root { get; } = SelfSigned("CN=Root of the tests");

    public static X509Certificate2 Leaf { get; } = Issue(Name, Today.AddDays(-30), Today.AddDays(30));

    public static X509Certificate2 SelfSigned(string subject)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Today.AddDays(-100), Today.AddDays(1000));
    }

    public static X509Certificate2 Issue(string name, DateTimeOffset from, DateTimeOffset to, X509Certificate2? by = null)
    {
        var request = new CertificateRequest($"CN={name}", LeafKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(by ?? Root, from, to, RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>The five headers, right for this body.</summary>
    public static Dictionary<string, string> Sign(byte[] body, string webhookId = WebhookId, string certificate = "CERT-1")
    {
        const string id = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
        const string time = "2016-02-18T20:01:35Z";
        var message = string.Create(CultureInfo.InvariantCulture, $"{id}|{time}|{webhookId}|{Checksum.Crc32(body)}");
        return new()
        {
            ["PAYPAL-TRANSMISSION-ID"] = id,
            ["PAYPAL-TRANSMISSION-TIME"] = time,
            ["PAYPAL-TRANSMISSION-SIG"] = Convert.ToBase64String(LeafKey.SignData(Encoding.UTF8.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["PAYPAL-CERT-URL"] = $"https://api.sandbox.paypal.com/v1/notifications/certs/{certificate}",
            ["PAYPAL-AUTH-ALGO"] = "SHA256withRSA",
        };
    }

    public static Task<HttpResponseMessage> DeliverAsync(this RunningShop shop, byte[] body, IReadOnlyDictionary<string, string> headers) =>
        shop.Anonymous().CallAsync("POST", Path, Call.Json(body), [.. headers.Select(header => (header.Key, header.Value))]);

    public static Task<HttpResponseMessage> DeliverAsync(this RunningShop shop, string body) =>
        shop.DeliverAsync(Encoding.UTF8.GetBytes(body), Sign(Encoding.UTF8.GetBytes(body)));
}
