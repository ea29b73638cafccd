using System.Text;
using Azure.Storage.Queues;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Stripe;
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

    // Nothing here is ever sent: the queue's address only has to be one.
    private readonly ReceiveStripeWebhook _webhook = new(
        new PaymentEvents(new QueueServiceClient("UseDevelopmentStorage=true")),
        Options.Create(new StripeOptions { ApiKey = "sk_test_benchmark", WebhookSecrets = [Secret] }),
        new StoppedClock(),
        NullLogger<ReceiveStripeWebhook>.Instance);

    [Benchmark(Description = "verify and translate a Stripe event of 4 KiB")]
    public byte[] VerifyAndTranslate()
    {
        var json = _webhook.VerifiedText(_body, _signature) ?? throw new InvalidOperationException("The signature does not fit.");
        return ((Translation.Payment)StripeTranslation.Read(json, live: false)).Event.ToMessage();
    }

    [Benchmark(Description = "settlement of an order with 10 facts")]
    public Settlement Settle() => Settlement.Of(_order);

    [Benchmark(Description = "order with 10 facts to its entity")]
    public OrderEntity ToEntity() => OrderEntity.Of(_order);

    [Benchmark(Description = "order with 10 facts from its entity")]
    public Order FromEntity() => _entity.ToOrder();

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Samples.Noon;
    }
}
