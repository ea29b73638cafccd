using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Carriers;

/// <summary>The queue <c>carrier-events</c>.</summary>
public sealed class CarrierEvents(QueueServiceClient queues, ShopMetrics metrics)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.CarrierEvents);

    /// <summary>One storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored: the carrier must deliver again.</exception>
    public async Task SendAsync(CarrierEvent told, CancellationToken cancellation)
    {
        var outcome = ShopMetrics.NotStored;
        try
        {
            await _queue.SendMessageAsync(BinaryData.FromBytes((told with { Trace = MessageTrace.Current }).ToMessage()), timeToLive: StoredMessage.Forever, cancellationToken: cancellation);
            outcome = "queued";
        }
        finally
        {
            metrics.Delivered(told.Carrier, outcome);
        }
    }

    /// <summary>Counts a delivery that is on no queue.</summary>
    /// <param name="outcome"><c>refused</c>, <c>ignored</c>, <c>unreadable</c> or <c>not_set_up</c>.</param>
    public void Leave(string carrier, string outcome) => metrics.Delivered(carrier, outcome);
}
