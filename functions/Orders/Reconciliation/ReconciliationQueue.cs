using System.Text.Json;
using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>The queue <c>order-checks</c>: "look at this order" now; the schedule knows about later.</summary>
public sealed class ReconciliationQueue(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.OrderChecks);

    /// <summary>One storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(ReconciliationMessage check, CancellationToken cancellation) =>
        _queue.SendMessageAsync(
            BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(check with { Trace = MessageTrace.Current }, ReconciliationJson.Default.ReconciliationMessage)),
            timeToLive: StoredMessage.Forever,
            cancellationToken: cancellation);
}
