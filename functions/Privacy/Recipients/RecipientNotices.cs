using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Recipients;

/// <summary>
/// Tells all recipients of an erasure (Article 19), each once as far as the record knows. Who cannot be told now is told later,
/// and what cannot be told within a week, or ever, is handed to a person: the address is not kept for it any longer.
/// </summary>
public sealed partial class RecipientNotices(
    IEnumerable<IRecipient> recipients, IPersonInCharge person, RecipientLog told, TimeProvider clock, ILogger<RecipientNotices> logger)
{
    /// <param name="since">When the erasure was confirmed.</param>
    /// <returns>Where each of them stands; <see cref="RecipientOutcome.Pending"/> for whom to try again.</returns>
    public async Task<ImmutableArray<ToldRecipient>> TellAsync(string email, string reference, DateTimeOffset since, CancellationToken cancellation)
    {
        foreach (var one in (await ReadAsync(reference, cancellation)).Where(one => one.Outcome == RecipientOutcome.Pending))
        {
            // One that fails does not keep the others from being told.
            var outcome = await TryAsync(() => recipients.Single(recipient => recipient.Name == one.Recipient).TellErasedAsync(email, reference, cancellation), reference, one.Recipient, cancellation);
            if (NoticePatience.IsForPerson(outcome, clock.GetUtcNow() - since)) outcome = await HandOverAsync(email, reference, one.Recipient, since, cancellation);
            if (outcome is not (null or RecipientOutcome.Pending)) await told.NoteAsync(reference, new(one.Recipient, outcome.Value, clock.GetUtcNow()), cancellation);
        }

        return await ReadAsync(reference, cancellation);
    }

    public async Task<ImmutableArray<ToldRecipient>> ReadAsync(string reference, CancellationToken cancellation)
    {
        var all = await told.ReadAsync(reference, cancellation);
        return [.. recipients.Select(recipient => all.FirstOrDefault(one => one.Recipient == recipient.Name) ?? new(recipient.Name, RecipientOutcome.Pending, null)).OrderBy(one => one.Recipient, StringComparer.Ordinal)];
    }

    private async Task<RecipientOutcome> HandOverAsync(string email, string reference, string recipient, DateTimeOffset since, CancellationToken cancellation)
    {
        var isAsked = await TryAsync(async () => await person.IsAskedAsync(recipient, email, reference, cancellation) ? RecipientOutcome.OfficerAsked : RecipientOutcome.Pending, reference, recipient, cancellation);
        var outcome = NoticePatience.AfterPerson(isAsked == RecipientOutcome.OfficerAsked, clock.GetUtcNow() - since);
        if (outcome == RecipientOutcome.OfficerAsked) LogHandedOver(reference, recipient);
        if (outcome == RecipientOutcome.NotTold) LogGivenUp(reference, recipient);
        return outcome;
    }

    /// <returns>Null when it cannot be done now.</returns>
    private async Task<RecipientOutcome?> TryAsync(Func<Task<RecipientOutcome>> tell, string reference, string recipient, CancellationToken cancellation)
    {
        try
        {
            return await tell();
        }
        catch (UnavailableException unavailable)
        {
            LogPutOff(unavailable, reference, recipient);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            // Its words may have the address in them.
            LogFailed(reference, recipient, failed.GetType().Name);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Reference}: {Recipient} cannot be told now, and is told later")]
    private partial void LogPutOff(Exception exception, string reference, string recipient);

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Reference}: telling {Recipient} failed unexpectedly ({Failure}), and is tried again later")]
    private partial void LogFailed(string reference, string recipient, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Reference}: {Recipient} cannot be told, and the privacy officer is asked by mail to see to it")]
    private partial void LogHandedOver(string reference, string recipient);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Erasure {Reference}: {Recipient} was not told, and the privacy officer's mailbox takes no mail either; the address is gone now, see to it by the list of erasures")]
    private partial void LogGivenUp(string reference, string recipient);
}
