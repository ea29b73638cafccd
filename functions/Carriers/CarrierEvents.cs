using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Carriers;

/// <summary>The queue <c>carrier-events</c>.</summary>
public sealed class CarrierEvents(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.CarrierEvents);

    /// <summary>One storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored: the carrier must deliver again.</exception>
    public Task SendAsync(CarrierEvent told, CancellationToken cancellation) =>
        _queue.SendMessageAsync(BinaryData.FromBytes(told.ToMessage()), timeToLive: StoredMessage.Forever, cancellationToken: cancellation);
}
