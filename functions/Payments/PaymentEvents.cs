using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments;

/// <summary>The queue <c>payment-events</c> and its poison queue. Each send is one storage call.</summary>
public sealed class PaymentEvents(QueueServiceClient queues)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _events = queues.GetQueueClient(StorageNames.PaymentEvents);
    private readonly QueueClient _poison = queues.GetQueueClient(StorageNames.PaymentEvents + StorageNames.PoisonSuffix);

    /// <exception cref="Azure.RequestFailedException">The message was not stored: the provider must deliver again.</exception>
    public Task SendAsync(PaymentEvent payment, CancellationToken cancellation, TimeSpan? delay = null) =>
        _events.SendMessageAsync(BinaryData.FromBytes(payment.ToMessage()), delay, timeToLive: Forever, cancellationToken: cancellation);

    /// <exception cref="Azure.RequestFailedException">The message was not stored: the provider must deliver again.</exception>
    public Task SetAsideAsync(UnreadableEvent unreadable, CancellationToken cancellation) =>
        _poison.SendMessageAsync(BinaryData.FromBytes(unreadable.ToMessage()), timeToLive: Forever, cancellationToken: cancellation);
}
