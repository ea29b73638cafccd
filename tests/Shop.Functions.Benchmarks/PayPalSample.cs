using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Functions.Payments.PayPal;

namespace Shop.Functions.Benchmarks;

/// <summary>A completed capture with the members that PayPal's have, on one line as PayPal sends it: 4 KiB; signed with a certificate of its own.</summary>
internal static class PayPalSample
{
    public const int Size = 4096;
    public const string WebhookId = "BENCHMARK1";

    private const string TransmissionId = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
    private const string TransmissionTime = "2026-11-20T12:00:05Z";

    private const string Text = """
        {
          "id": "WH-58D329510W468432D-8HN650336L201105X", "event_version": "1.0", "create_time": "2026-11-20T12:00:05.000Z",
          "resource_type": "capture", "resource_version": "2.0", "event_type": "PAYMENT.CAPTURE.COMPLETED", "summary": "",
          "resource": {
            "id": "0JF852973C016714D", "status": "COMPLETED", "amount": { "currency_code": "GBP", "value": "1566.57" }, "final_capture": true,
            "seller_protection": { "status": "ELIGIBLE", "dispute_categories": [ "ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION" ] },
            "seller_receivable_breakdown": {
              "gross_amount": { "currency_code": "GBP", "value": "1566.57" }, "paypal_fee": { "currency_code": "GBP", "value": "45.73" },
              "net_amount": { "currency_code": "GBP", "value": "1520.84" }
            },
            "invoice_id": "7K2Q-M9XD-4TFA", "custom_id": "0123456789abcdefghjkmnpqrs",
            "supplementary_data": { "related_ids": { "order_id": "5O190127TN364715T" } },
            "payee": { "email_address": "merchant@example.com", "merchant_id": "QNJ7PQ4A9XKZE" },
            "create_time": "2026-11-20T12:00:00Z", "update_time": "2026-11-20T12:00:05Z",
            "links": [
              { "href": "https://api.paypal.com/v2/payments/captures/0JF852973C016714D", "rel": "self", "method": "GET" },
              { "href": "https://api.paypal.com/v2/payments/captures/0JF852973C016714D/refund", "rel": "refund", "method": "POST" },
              { "href": "https://api.paypal.com/v2/checkout/orders/5O190127TN364715T", "rel": "up", "method": "GET" }
            ]
          },
          "links": [
            { "href": "https://api.paypal.com/v1/notifications/webhooks-events/WH-58D329510W468432D-8HN650336L201105X", "rel": "self", "method": "GET" },
            { "href": "https://api.paypal.com/v1/notifications/webhooks-events/WH-58D329510W468432D-8HN650336L201105X/resend", "rel": "resend", "method": "POST" }
          ]
        }
        """;

    private static readonly RSA RootKey = RSA.Create(2048);
    private static readonly RSA LeafKey = RSA.Create(2048);
    private static readonly X509Certificate2 Root = MakeRoot();

    /// <summary>The summary fills it up to the size, for an event has no fixed one.</summary>
    public static string Json { get; } = Filled();

    public static string RootPem => Root.ExportCertificatePem();

    public static PayPalTransmission Transmission { get; } = new(
        TransmissionId, TransmissionTime, Sign(), "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1", PayPalSignature.Algorithm);

    public static IReadOnlyList<string> Headers { get; } =
    [
        $"PAYPAL-TRANSMISSION-ID: {Transmission.Id}", $"PAYPAL-TRANSMISSION-TIME: {Transmission.Time}", $"PAYPAL-TRANSMISSION-SIG: {Transmission.Signature}",
        $"PAYPAL-CERT-URL: {Transmission.CertificateUrl}", $"PAYPAL-AUTH-ALGO: {Transmission.Algorithm}", "PAYPAL-AUTH-VERSION: v2",
    ];

    /// <summary>Gives the certificate in PayPal's place; everything else goes on its way.</summary>
    public sealed class Certificates : DelegatingHandler
    {
        private static readonly string Pem = MakeLeaf().ExportCertificatePem();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.StartsWith("/v1/notifications/certs/", StringComparison.Ordinal)
                ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Pem) })
                : base.SendAsync(request, cancellationToken);
    }

    private static string Filled()
    {
        var node = JsonNode.Parse(Text)!;
        var missing = Size - Encoding.UTF8.GetByteCount(node.ToJsonString());
        node["summary"] = missing >= 0 ? new string('n', missing) : throw new InvalidOperationException($"The event is {-missing} bytes too long.");
        return node.ToJsonString();
    }

    private static string Sign()
    {
        var checksum = PayPalSignature.Crc32(Encoding.UTF8.GetBytes(Json)).ToString(CultureInfo.InvariantCulture);
        var message = Encoding.UTF8.GetBytes($"{TransmissionId}|{TransmissionTime}|{WebhookId}|{checksum}");
        return Convert.ToBase64String(LeafKey.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static X509Certificate2 MakeRoot()
    {
        var request = new CertificateRequest("CN=Root of the benchmarks", RootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
    }

    private static X509Certificate2 MakeLeaf()
    {
        var name = PayPalSignature.CertificateName(live: false);
        var request = new CertificateRequest($"CN={name}", LeafKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.Create(Root, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
    }
}
