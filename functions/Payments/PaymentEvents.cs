using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments;

/// <summary>The queue <c>payment-events</c> and its poison queue. Each send is one storage call.</summary>
public sealed class PaymentEvents(QueueServiceClient queues)
{
    private readonly QueueClient _events = queues.GetQueueClient(StorageNames.PaymentEvents);
    private readonly QueueClient _poison = queues.GetQueueClient(StorageNames.PaymentEvents + StorageNames.PoisonSuffix);

    /// <summary>What a provider has told, by a webhook or in its list of events, goes where it belongs. At most one storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored: it must be told again.</exception>
    public Task PassOnAsync(Translation translation, CancellationToken cancellation) => translation switch
    {
        Translation.Payment payment => SendAsync(payment.Event, cancellation),
        Translation.Unreadable unreadable => SetAsideAsync(unreadable.Event, cancellation),
        _ => Task.CompletedTask,
    };

    /// <exception cref="Azure.RequestFailedException">The message was not stored: the provider must deliver again.</exception>
    public Task SendAsync(PaymentEvent payment, CancellationToken cancellation) => SendAsync(BinaryData.FromBytes(payment.ToMessage()), cancellation);

    /// <summary>Sends a message again as it was.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(BinaryData message, CancellationToken cancellation) =>
        _events.SendMessageAsync(message, timeToLive: StoredMessage.Forever, cancellationToken: cancellation);

    private Task SetAsideAsync(UnreadableEvent unreadable, CancellationToken cancellation) =>
        _poison.SendMessageAsync(BinaryData.FromBytes(unreadable.ToMessage()), timeToLive: StoredMessage.Forever, cancellationToken: cancellation);
}
