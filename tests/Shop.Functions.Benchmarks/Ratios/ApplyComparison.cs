using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Storage;
using Shop.Local.Host;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// The host works off messages that pay one order each; the floor receives in the same batches and, for each message,
/// reads the order, files it for the look that sends its customer's mail, puts it on the list of what is to be sent, replaces it, files it
/// for the look that issues its invoice, asks for that look, and deletes the message.
/// </summary>
/// <param name="waiting">How many messages are in the queue when a round begins, and are worked off in it.</param>
internal sealed class ApplyComparison(string provider, int batchSize, int newBatchThreshold, int waiting = 64) : Comparison
{
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(20);

    private MeasuredShop _shop = null!;
    private TableClient _orders = null!;
    private TableClient _openOrders = null!;
    private TableClient _fulfilment = null!;
    private QueueClient _queue = null!;
    private QueueClient _checks = null!;
    private (OrderEntity Order, FulfilmentRow Row)[] _writes = [];
    private int _prepared;

    public override string Name => $"{(provider == Providers.PayPal ? "apply PayPal event" : "apply event")}{(waiting > 64 ? $", {waiting} waiting" : "")}";

    public override double? Goal => 0.7;

    public override int PerRound => waiting;

    public override Task SetUpAsync(MeasuredShop shop)
    {
        _shop = shop;
        _orders = shop.Tables.GetTableClient(StorageNames.Orders);
        _openOrders = shop.Tables.GetTableClient(StorageNames.OpenOrders);
        _fulfilment = shop.Tables.GetTableClient(StorageNames.Fulfilment);
        _queue = shop.Queues.GetQueueClient(StorageNames.PaymentEvents);
        _checks = shop.Queues.GetQueueClient(StorageNames.OrderChecks);
        return Task.CompletedTask;
    }

    public override async Task PrepareAppAsync(int operations)
    {
        await _shop.Gate.HeldAsync();
        await PrepareAsync(operations);
    }

    public override async Task PrepareFloorAsync(int operations)
    {
        // The host must not help the floor: from here on it waits at its gate.
        await _shop.Gate.HeldAsync();
        await PrepareAsync(operations);
    }

    public override async Task RunAppAsync(int operations, int inFlight)
    {
        var left = operations;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Count(FinishedInvocation finished)
        {
            if (finished.Error is { } error) done.TrySetException(error);
            if (Interlocked.Decrement(ref left) > 0) return;
            _shop.Gate.Close();
            done.TrySetResult();
        }

        _shop.Host.InvocationFinished += Count;
        _shop.Gate.Open();
        await done.Task;
        _shop.Host.InvocationFinished -= Count;
    }

    public override async Task RunFloorAsync(int operations, int inFlight)
    {
        var next = -1;
        var running = new List<Task>();
        while (Volatile.Read(ref next) + 1 < operations)
        {
            QueueMessage[] messages = await _queue.ReceiveMessagesAsync(batchSize, Hidden);
            running.AddRange(messages.Select(message => Task.Run(() => ApplyAsync(message, Interlocked.Increment(ref next)))));
            running.RemoveAll(task => task.IsCompletedSuccessfully);
            while (running.Count > newBatchThreshold)
            {
                await Task.WhenAny(running);
                running.RemoveAll(task => task.IsCompletedSuccessfully);
            }
        }

        await Task.WhenAll(running);
    }

    /// <summary>Nobody looks while this is measured, and the emulator slows down as a queue gets long.</summary>
    public override Task CleanAsync() => _checks.ClearMessagesAsync();

    private async Task ApplyAsync(QueueMessage message, int index)
    {
        var (order, row) = _writes[index];
        var read = await _orders.GetEntityIfExistsAsync<OrderEntity>(order.PartitionKey, OrderEntity.Row);
        await _openOrders.UpsertEntityAsync(ReconciliationRow.Of(order.PartitionKey, Samples.Noon), TableUpdateMode.Merge);
        await _fulfilment.UpsertEntityAsync(row, TableUpdateMode.Replace);
        await _orders.UpdateEntityAsync(order, read.Value!.ETag, TableUpdateMode.Replace);
        await _openOrders.UpsertEntityAsync(ReconciliationRow.Of(order.PartitionKey, Samples.Noon), TableUpdateMode.Merge);
        await _checks.SendMessageAsync(new BinaryData($$"""{"orderId":"{{order.PartitionKey}}","why":"owed"}"""), timeToLive: StoredMessage.Forever);
        await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }

    /// <summary>Orders that wait for payment, and a message for each.</summary>
    private async Task PrepareAsync(int operations)
    {
        _writes = new (OrderEntity, FulfilmentRow)[operations];
        await WorkAsync(operations, 8, async (_, index) =>
        {
            var accountId = $"customer-{index % 16}";
            var order = Samples.AwaitingPayment(OrderIds.IdOf(accountId, $"apply-{Interlocked.Increment(ref _prepared)}"), accountId, provider);
            await _orders.AddEntityAsync(OrderEntity.Of(order));

            var paid = Samples.Paid(order, provider);
            // Paid now: its customer is told.
            paid = paid with { Money = paid.Money! with { At = TimeProvider.System.GetUtcNow() } };
            var after = paid.ApplyTo(order);
            _writes[index] = (OrderEntity.Of(after), FulfilmentRow.Of(after));
            await _queue.SendMessageAsync(new BinaryData(paid.ToMessage()), timeToLive: TimeSpan.FromSeconds(-1));
        });
    }
}
