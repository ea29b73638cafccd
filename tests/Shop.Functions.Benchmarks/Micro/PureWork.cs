using System.Diagnostics.Metrics;
using System.Text;
using Azure.Storage.Queues;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform.Telemetry;
using Shop.Local.Stripe;

namespace Shop.Functions.Benchmarks.Micro;

/// <summary>What the app does between its calls. Public, because BenchmarkDotNet derives from it.</summary>
public class PureWork
{
    private const string Secret = "whsec_benchmark";

    private readonly byte[] _body = Encoding.UTF8.GetBytes(SampleEvent.Json);
    private readonly string _signature = WebhookSignature.Header(SampleEvent.Json, [Secret], Samples.Noon);
    private readonly Order _order = Samples.Eventful();
    private readonly OrderEntity _entity = OrderEntity.Of(Samples.Eventful());

    private readonly byte[] _payPalBody = Encoding.UTF8.GetBytes(PayPalSample.Json);
    private readonly PayPalVerifier _payPal = Verifier();

    // Nothing here is ever sent: the queue's address only has to be one.
    private readonly ReceiveStripeWebhook _webhook = new(
        new PaymentEvents(new QueueServiceClient("UseDevelopmentStorage=true"), new ShopMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>())),
        Options.Create(new StripeOptions { ApiKey = "sk_test_benchmark", WebhookSecrets = [Secret] }),
        new StoppedClock(),
        NullLogger<ReceiveStripeWebhook>.Instance);

    [Benchmark(Description = "verify and translate a Stripe event of 4 KiB")]
    public byte[] VerifyAndTranslate()
    {
        var json = _webhook.VerifiedText(_body, _signature) ?? throw new InvalidOperationException("The signature does not fit.");
        return ((Translation.Payment)StripeTranslation.Read(json, live: false)).Event.ToMessage();
    }

    [Benchmark(Description = "verify and translate a PayPal event of 4 KiB")]
    public byte[] VerifyAndTranslatePayPal()
    {
        var genuine = _payPal.IsGenuineAsync(PayPalSample.Transmission, _payPalBody, CancellationToken.None);
        if (!genuine.IsCompletedSuccessfully || !genuine.Result) throw new InvalidOperationException("The signature does not fit, or its certificate is not known.");
        return ((Translation.Payment)PayPalEvents.Read(Encoding.UTF8.GetString(_payPalBody))).Event.ToMessage();
    }

    [Benchmark(Description = "verify a PayPal event of 4 KiB")]
    public bool VerifyPayPal() => _payPal.IsGenuineAsync(PayPalSample.Transmission, _payPalBody, CancellationToken.None).Result;

    [Benchmark(Description = "settlement of an order with 10 facts")]
    public Settlement Settle() => Settlement.Of(_order);

    [Benchmark(Description = "order with 10 facts to its entity")]
    public OrderEntity ToEntity() => OrderEntity.Of(_order);

    [Benchmark(Description = "order with 10 facts from its entity")]
    public Order FromEntity() => _entity.ToOrder();

    /// <summary>One that knows the certificate already.</summary>
    private static PayPalVerifier Verifier()
    {
        var options = Options.Create(new PayPalOptions
        {
            ClientId = "benchmark",
            ClientSecret = "benchmark",
            WebhookIds = [PayPalSample.WebhookId],
            SandboxRootCertificate = PayPalSample.RootPem,
        });
        var clients = new Clients();
        var verifier = new PayPalVerifier(
            options, new PayPalCertificates(options, clients, TimeProvider.System, NullLogger<PayPalCertificates>.Instance), new PayPalConnection(options, clients),
            new ProviderFailures(NullLogger<ProviderFailures>.Instance));
        var body = Encoding.UTF8.GetBytes(PayPalSample.Json);
        if (!verifier.IsGenuineAsync(PayPalSample.Transmission, body, CancellationToken.None).AsTask().GetAwaiter().GetResult())
            throw new InvalidOperationException("The signature does not fit.");
        return verifier;
    }

    private sealed class Clients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(new PayPalSample.Certificates { InnerHandler = new SocketsHttpHandler() });
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Samples.Noon;
    }
}
