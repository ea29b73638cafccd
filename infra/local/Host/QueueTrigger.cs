using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>
/// Takes the messages of one queue through one function: hidden and kept hidden while it runs, deleted when it succeeds, shown
/// again when it fails, and set aside in the poison queue when it failed too often.
/// </summary>
internal sealed partial class QueueTrigger(
    FunctionDescription function, QueueClient queue, QueueClient poison, HostJson settings, TimeSpan lease, FunctionRunner runner,
    TimeProvider clock, ILogger log)
{
    public FunctionDescription Function => function;

    public string Queue => queue.Name;

    public HostJson Settings => settings;

    /// <summary>Receives up to one batch of the messages that are visible now.</summary>
    /// <exception cref="RequestFailedException">The storage does not answer as it should, or the queue is missing (404).</exception>
    public async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken) =>
        (await queue.ReceiveMessagesAsync(settings.BatchSize, lease, cancellationToken)).Value;

    /// <summary>Runs the function on a received message and settles it. What goes wrong shows in the log and is not thrown.</summary>
    public async Task RunAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var receipt = new Receipt(queue, message, lease, clock, log);
        FinishedInvocation? finished = null;
        try
        {
            // Deliveries that never came to an end, because the process died each time, count as well.
            if (message.DequeueCount > settings.MaxDequeueCount)
            {
                LogDeliveredTooOften(Queue, message.MessageId, message.DequeueCount);
                await SetAsideAsync(message, receipt);
                return;
            }
            if (TryDecode(message) is not { } decoded)
            {
                LogNotBase64(Queue, message.MessageId);
                await SetAsideAsync(message, receipt);
                return;
            }
            await using (receipt.KeepHidden())
                finished = await runner.RunAsync(function, new QueueInput(decoded), cancellationToken);
            finished = finished with { Poisoned = await SettleAsync(message, receipt, finished.Succeeded, cancellationToken) };
        }
        catch (Exception error)
        {
            LogNotSettled(Queue, message.MessageId, error);
            await receipt.TryReleaseAsync(settings.VisibilityTimeout);
        }
        if (finished is not null)
            runner.Publish(finished);
    }

    /// <returns>Null for what is not Base64: no other delivery would make it so, and the Functions host does not try (its QueueServiceClientProvider).</returns>
    private QueueMessage? TryDecode(QueueMessage message)
    {
        if (!settings.Base64Messages) return message;
        try
        {
            var body = BinaryData.FromBytes(Convert.FromBase64String(message.Body.ToString()));
            return QueuesModelFactory.QueueMessage(
                message.MessageId, message.PopReceipt, body, message.DequeueCount, message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <returns>Whether the message went to the poison queue.</returns>
    private async Task<bool> SettleAsync(QueueMessage message, Receipt receipt, bool succeeded, CancellationToken cancellationToken)
    {
        if (succeeded)
        {
            await receipt.DeleteAsync();
            return false;
        }
        // What was cut off by the end of the host says nothing about the message.
        if (message.DequeueCount < settings.MaxDequeueCount || cancellationToken.IsCancellationRequested)
        {
            await receipt.ReleaseAsync(settings.VisibilityTimeout);
            return false;
        }
        await SetAsideAsync(message, receipt);
        return true;
    }

    /// <summary>First the copy and then the delete: a failure between them leaves the message twice, never nowhere.</summary>
    private async Task SetAsideAsync(QueueMessage message, Receipt receipt)
    {
        try
        {
            await poison.SendMessageAsync(message.Body);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            await poison.CreateIfNotExistsAsync();
            await poison.SendMessageAsync(message.Body);
        }
        LogSetAside(Queue, message.MessageId, poison.Name, message.DequeueCount);
        await receipt.DeleteAsync();
    }

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of queue {Queue} was put into {Poison} after {Count} deliveries")]
    private partial void LogSetAside(string queue, string messageId, string poison, long count);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of queue {Queue} is delivered for the {Count}th time and is not tried again")]
    private partial void LogDeliveredTooOften(string queue, string messageId, long count);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of queue {Queue} is not Base64, which host.json says it must be")]
    private partial void LogNotBase64(string queue, string messageId);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of queue {Queue} could not be settled and will be delivered again")]
    private partial void LogNotSettled(string queue, string messageId, Exception error);
}
