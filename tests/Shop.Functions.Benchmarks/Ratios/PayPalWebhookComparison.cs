using Azure.Storage.Queues;
using Shop.Functions.Payments;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>A delivery of 4 KiB, verified here with a certificate that is known, until it is answered with 200; the floor puts the same message on the queue.</summary>
internal sealed class PayPalWebhookComparison : HttpComparison
{
    private QueueClient _queue = null!;
    private BinaryData _message = null!;

    public override string Name => "PayPal webhook → 200";

    public override double? Goal => 0.8;

    public override int PerRound => 150;

    protected override int ExpectedStatus => 200;

    public override async Task SetUpAsync(MeasuredShop shop)
    {
        await base.SetUpAsync(shop);
        _queue = shop.Queues.GetQueueClient(StorageNames.PaymentEvents);
        _message = new BinaryData(((Translation.Payment)PayPalEvents.Read(PayPalSample.Json)).Event.ToMessage());
    }

    public override Task PrepareFloorAsync(int operations) => Task.CompletedTask;

    public override Task CleanAsync() => _queue.ClearMessagesAsync();

    protected override ReadOnlyMemory<byte> Request(int index) => Http("POST", "/api/webhooks/paypal", PayPalSample.Headers, PayPalSample.Json);

    protected override Task FloorAsync(int index) => _queue.SendMessageAsync(_message, timeToLive: TimeSpan.FromSeconds(-1));
}
