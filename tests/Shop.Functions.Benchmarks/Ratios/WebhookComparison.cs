using Azure.Storage.Queues;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform.Storage;
using Shop.Local.Stripe;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>A signed delivery of 4 KiB until it is answered with 200; the floor puts the same message on the queue.</summary>
internal sealed class WebhookComparison : HttpComparison
{
    private QueueClient _queue = null!;
    private BinaryData _message = null!;
    private string _signature = "";

    public override string Name => "webhook → 200";

    public override double? Goal => 0.8;

    public override int PerRound => 150;

    protected override int ExpectedStatus => 200;

    public override async Task SetUpAsync(MeasuredShop shop)
    {
        await base.SetUpAsync(shop);
        _queue = shop.Queues.GetQueueClient(StorageNames.PaymentEvents);
        _message = new BinaryData(((Translation.Payment)StripeTranslation.Read(SampleEvent.Json, live: false)).Event.ToMessage());
    }

    public override Task PrepareAppAsync(int operations)
    {
        // A signature is good for five minutes only, so every round has its own.
        _signature = WebhookSignature.Header(SampleEvent.Json, [Shop.Settings.Values["Stripe:WebhookSecrets:0"]!], TimeProvider.System.GetUtcNow());
        return base.PrepareAppAsync(operations);
    }

    public override Task PrepareFloorAsync(int operations) => Task.CompletedTask;

    public override Task CleanAsync() => _queue.ClearMessagesAsync();

    protected override ReadOnlyMemory<byte> Request(int index) => Http("POST", "/api/webhooks/stripe", [$"Stripe-Signature: {_signature}"], SampleEvent.Json);

    protected override Task FloorAsync(int index) => _queue.SendMessageAsync(_message, timeToLive: TimeSpan.FromSeconds(-1));
}
