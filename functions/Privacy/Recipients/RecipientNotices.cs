using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Recipients;

/// <summary>Tells all recipients of an erasure (Article 19), each once as far as the record knows; who cannot be told now is told later.</summary>
public sealed partial class RecipientNotices(IEnumerable<IRecipient> recipients, RecipientLog told, TimeProvider clock, ILogger<RecipientNotices> logger)
{
    /// <returns>Where each of them stands; <see cref="RecipientOutcome.Pending"/> for whom to try again.</returns>
    public async Task<ImmutableArray<ToldRecipient>> TellAsync(string email, string reference, CancellationToken cancellation)
    {
        foreach (var one in (await ReadAsync(reference, cancellation)).Where(one => one.Outcome == RecipientOutcome.Pending))
        {
            try
            {
                var outcome = await recipients.Single(recipient => recipient.Name == one.Recipient).TellErasedAsync(email, reference, cancellation);
                await told.NoteAsync(reference, new(one.Recipient, outcome, clock.GetUtcNow()), cancellation);
            }
            catch (UnavailableException unavailable)
            {
                // The others are told all the same.
                LogPutOff(unavailable, reference, one.Recipient);
            }
        }

        return await ReadAsync(reference, cancellation);
    }

    public async Task<ImmutableArray<ToldRecipient>> ReadAsync(string reference, CancellationToken cancellation)
    {
        var all = await told.ReadAsync(reference, cancellation);
        return [.. recipients.Select(recipient => all.FirstOrDefault(one => one.Recipient == recipient.Name) ?? new(recipient.Name, RecipientOutcome.Pending, null)).OrderBy(one => one.Recipient, StringComparer.Ordinal)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Reference}: {Recipient} cannot be told now, and is told later")]
    private partial void LogPutOff(Exception exception, string reference, string recipient);
}
