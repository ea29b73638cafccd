using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>
/// The right to settle a received message. It changes with every renewal. Once it is lost, because the message was deleted or
/// became visible to others, there is nothing left to settle.
/// </summary>
internal sealed partial class Receipt(QueueClient queue, QueueMessage message, TimeSpan lease, TimeProvider clock, ILogger log)
{
    private string _popReceipt = message.PopReceipt;

    /// <summary>Renews at half time until disposed.</summary>
    public IAsyncDisposable KeepHidden() => new Renewal(this);

    public async Task DeleteAsync()
    {
        try
        {
            await queue.DeleteMessageAsync(message.MessageId, _popReceipt);
        }
        catch (RequestFailedException error) when (IsLost(error))
        {
            LogLost(message.MessageId);
        }
    }

    public async Task ReleaseAsync(TimeSpan hiddenFor)
    {
        try
        {
            await HideAsync(hiddenFor, CancellationToken.None);
        }
        catch (RequestFailedException error) when (IsLost(error))
        {
            LogLost(message.MessageId);
        }
    }

    /// <summary>The last resort; if it fails too, the message shows up when its time of being hidden ends.</summary>
    public async Task TryReleaseAsync(TimeSpan hiddenFor)
    {
        try
        {
            await ReleaseAsync(hiddenFor);
        }
        catch (Exception error)
        {
            LogStaysHidden(message.MessageId, lease, error);
        }
    }

    private async Task HideAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var update = await queue.UpdateMessageAsync(
            message.MessageId, _popReceipt, visibilityTimeout: time, cancellationToken: cancellationToken);
        _popReceipt = update.Value.PopReceipt;
    }

    private static bool IsLost(RequestFailedException error) =>
        error.ErrorCode == QueueErrorCode.MessageNotFound || error.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} is no longer ours to settle")]
    private partial void LogLost(string messageId);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} could not be shown again and stays hidden for up to {Lease}")]
    private partial void LogStaysHidden(string messageId, TimeSpan lease, Exception error);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} could not be kept hidden and may be delivered twice")]
    private partial void LogNotRenewed(string messageId, Exception error);

    private sealed class Renewal : IAsyncDisposable
    {
        private readonly CancellationTokenSource _done = new();
        private readonly Task _loop;

        public Renewal(Receipt receipt) => _loop = RunAsync(receipt, _done.Token);

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _loop;
            _done.Dispose();
        }

        private static async Task RunAsync(Receipt receipt, CancellationToken done)
        {
            while (true)
            {
                await Task.Delay(receipt.Lease / 2, receipt.Clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (done.IsCancellationRequested)
                    return;
                try
                {
                    // Not cancelled with the run: a receipt that the service changed unseen would be lost.
                    await receipt.HideAsync(receipt.Lease, CancellationToken.None);
                }
                catch (Exception error)
                {
                    receipt.LogNotRenewed(receipt.Id, error);
                }
            }
        }
    }

    private TimeSpan Lease => lease;

    private TimeProvider Clock => clock;

    private string Id => message.MessageId;
}
