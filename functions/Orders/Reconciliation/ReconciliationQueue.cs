using System.Text.Json;
using Azure.Storage.Queues;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>The queue <c>order-checks</c>: "look at this order" now; the schedule knows about later.</summary>
public sealed class ReconciliationQueue(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.OrderChecks);

    /// <returns>Whether there is something for a look at the order to do at once: money to send or to take, a page to close, a document to issue.</returns>
    /// <param name="settlement">The order's own.</param>
    public static bool IsDue(Order order, Settlement settlement) => settlement.OwesSomething || DueDocuments.AnyOf(order);

    /// <summary>Has an order looked at where there is something to do for it. One storage call, or none.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendIfDueAsync(Order order, string why, CancellationToken cancellation) =>
        IsDue(order, Settlement.Of(order)) ? SendAsync(new(order.Id, why), cancellation) : Task.CompletedTask;

    /// <summary>One storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(ReconciliationMessage check, CancellationToken cancellation) =>
        _queue.SendMessageAsync(
            BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(check with { Trace = MessageTrace.Current }, ReconciliationJson.Default.ReconciliationMessage)),
            timeToLive: StoredMessage.Forever,
            cancellationToken: cancellation);
}
