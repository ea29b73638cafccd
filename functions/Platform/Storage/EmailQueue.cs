using Azure.Storage.Queues;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Platform.Storage;

/// <summary>The queue <c>emails</c>: which mail is to be sent about what. The mail itself is written when it is sent.</summary>
public sealed class EmailQueue(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.Emails);

    /// <summary>One storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(QueuedEmail email, CancellationToken cancellation) => _queue.SendMessageAsync(
        BinaryData.FromBytes((email with { Trace = MessageTrace.Current }).ToMessage()), cancellationToken: cancellation);
}
