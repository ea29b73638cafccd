using System.Diagnostics;
using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Payments;

/// <summary>The queue <c>payment-events</c> and its poison queue. Each send is one storage call.</summary>
public sealed class PaymentEvents(QueueServiceClient queues, ShopMetrics metrics)
{
    private readonly QueueClient _events = queues.GetQueueClient(StorageNames.PaymentEvents);
    private readonly QueueClient _poison = queues.GetQueueClient(StorageNames.PaymentEvents + StorageNames.PoisonSuffix);

    /// <summary>What a provider has told, by a webhook or in its list of events, goes where it belongs. At most one storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored: it must be told again.</exception>
    public Task PassOnAsync(Translation translation, CancellationToken cancellation)
    {
        if (translation.Name is { EventId: { Length: > 0 } id, Type: var type }) Activity.Current?.SetTag("shop.event.id", id).SetTag("shop.event.type", type);
        return translation switch
        {
            Translation.Payment payment => SendAsync(payment.Event, cancellation),
            Translation.Unreadable unreadable => SetAsideAsync(unreadable.Event, cancellation),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>The same for a delivery, which is counted as what became of it.</summary>
    /// <inheritdoc cref="PassOnAsync"/>
    public async Task ReceiveAsync(string provider, Translation translation, CancellationToken cancellation)
    {
        var outcome = ShopMetrics.NotStored;
        try
        {
            await PassOnAsync(translation, cancellation);
            outcome = translation.Outcome;
        }
        finally
        {
            metrics.Delivered(provider, outcome);
        }
    }

    /// <summary>Counts a delivery that is on no queue.</summary>
    /// <param name="outcome"><c>refused</c>, <c>not_verified</c> or <c>not_set_up</c>; the provider delivers the latter two again.</param>
    public void Leave(string provider, string outcome) => metrics.Delivered(provider, outcome);

    /// <exception cref="Azure.RequestFailedException">The message was not stored: the provider must deliver again.</exception>
    public Task SendAsync(PaymentEvent payment, CancellationToken cancellation) => SendAsync(BinaryData.FromBytes((payment with { Trace = MessageTrace.Current }).ToMessage()), cancellation);

    /// <summary>Sends a message again as it was.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(BinaryData message, CancellationToken cancellation) =>
        _events.SendMessageAsync(message, timeToLive: StoredMessage.Forever, cancellationToken: cancellation);

    private Task SetAsideAsync(UnreadableEvent unreadable, CancellationToken cancellation) =>
        _poison.SendMessageAsync(BinaryData.FromBytes(unreadable.ToMessage()), timeToLive: StoredMessage.Forever, cancellationToken: cancellation);
}
