using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
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

/// <summary>Answers in the place of PayPal's hosts, as a test says, and remembers what was asked.</summary>
internal sealed class PayPalHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Call, string Body)> _asked = [];

    private PayPalHost(WebApplication app) => _app = app;

    /// <summary>What stands at a certificate's address; 404 where nothing does.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Answers { get; } = [];

    public IReadOnlyList<(string Call, string Body)> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    /// <summary>Settings of a shop whose PayPal this is.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["PayPal:ApiBase"] = _app.Urls.First(),
        ["PayPal:SandboxRootCertificate"] = PayPalSigner.Root.ExportCertificatePem(),
        ["PayPal:WebhookIds:0"] = PayPalSigner.WebhookId,
        ["PayPal:WebhookIds:1"] = "WEBHOOK2",
    };

    public static async Task<PayPalHost> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var host = new PayPalHost(app);
        app.Run(host.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        host.Serve("CERT-1", PayPalSigner.Leaf);
        return host;
    }

    public void Serve(string id, params X509Certificate2[] chain) => Serve(id, string.Join("\r\n", chain.Select(one => one.ExportCertificatePem().ReplaceLineEndings("\r\n"))));

    public void Serve(string id, string text) => Answers[$"/v1/notifications/certs/{id}"] = context => context.Response.WriteAsync(text);

    public void Fail(string id, int status, string? location = null) => Answers[$"/v1/notifications/certs/{id}"] = context =>
    {
        context.Response.StatusCode = status;
        if (location is not null) context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    public void Forget()
    {
        lock (_asked) _asked.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(false));
        var body = await reader.ReadToEndAsync();
        lock (_asked) _asked.Add(($"{context.Request.Method} {context.Request.Path}", body));
        if (Answers.TryGetValue(context.Request.Path, out var answer)) await answer(context);
        else context.Response.StatusCode = 404;
    }
}

/// <summary>One running shop whose PayPal is a <see cref="PayPalHost"/>.</summary>
public sealed class PayPalShop(StorageEmulator emulator) : IAsyncLifetime
{
    internal PayPalHost Host { get; private set; } = null!;

    public RunningShop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await PayPalHost.StartAsync();
        Shop = await RunningShop.StartAsync(emulator, Host.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Host.DisposeAsync();
    }
}
