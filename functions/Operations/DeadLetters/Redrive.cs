using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using Shop.Functions.Payments;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>
/// Sends dead letters back to where they belong. Every message of this app may come twice, so sending one back twice does no
/// harm; a provider's event that could not be read is fetched from the provider again.
/// </summary>
public sealed partial class Redrive(QueueServiceClient queues, PaymentProviders providers, PaymentEvents events, DeadLetterStore letters, TimeProvider clock, ILogger<Redrive> logger)
{
    /// <summary>Two storage calls, and one to the provider for an event that could not be read.</summary>
    /// <returns>When it was sent back; null when it is an event that still cannot be read, and stays.</returns>
    /// <exception cref="PaymentRefusedException">The provider has no such event any more.</exception>
    public async Task<DateTimeOffset?> SendBackAsync(DeadLetter letter, string staffId, CancellationToken cancellation)
    {
        if (UnreadableEvent.Of(letter.Queue, letter.Body) is { } unreadable)
        {
            var told = await providers[unreadable.Provider].FetchEventAsync(unreadable.EventId, cancellation);
            if (told is Translation.Unreadable) return null;
            await events.PassOnAsync(told, cancellation);
        }
        else await queues.GetQueueClient(letter.Queue).SendMessageAsync(letter.Body, timeToLive: StoredMessage.Forever, cancellationToken: cancellation);

        var now = clock.GetUtcNow();
        await letters.NoteSentBackAsync(letter, now, cancellation);
        LogSentBack(letter.Id, staffId);
        return now;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dead letter {Id} is sent back by {StaffId}")]
    private partial void LogSentBack(string id, string staffId);
}
