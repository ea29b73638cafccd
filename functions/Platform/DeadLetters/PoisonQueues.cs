using System.Buffers.Text;
using System.Collections.Immutable;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Platform.DeadLetters;

/// <summary>The poison queues, where the host puts what has failed too often: emptied into the store of dead letters.</summary>
public sealed class PoisonQueues([FromKeyedServices(StorageClients.AsTheyAre)] QueueServiceClient queues, DeadLetterStore letters, TimeProvider clock)
{
    /// <summary>What storage hands out at once.</summary>
    private const int AtOnce = 32;

    /// <summary>For how long it goes on where somebody waits for the answer: a thousand messages or more.</summary>
    public static readonly TimeSpan WhileSomebodyWaits = TimeSpan.FromSeconds(20);

    /// <summary>And where nobody does.</summary>
    public static readonly TimeSpan WhileNobodyWaits = TimeSpan.FromMinutes(4);

    /// <summary>It is seen again after this when the run ends in the middle of it.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Moves what is there into the store: first kept, then deleted, so that nothing is ever in neither. One storage call for each
    /// empty queue, and of each queue something is moved, however long another one is.
    /// </summary>
    /// <param name="longest">After this it ends, with what was handed out by then.</param>
    public async Task<Moved> EmptyAsync(TimeSpan longest, CancellationToken cancellation)
    {
        var (began, ids, isAll) = (clock.GetTimestamp(), new List<string>(), true);
        foreach (var queue in DeadLetterStore.Queues)
        {
            var poison = PoisonOf(queue);
            for (var isEmpty = false; !isEmpty;)
            {
                QueueMessage[] messages = (await poison.ReceiveMessagesAsync(AtOnce, Hidden, cancellation)).Value;
                foreach (var message in messages)
                {
                    ids.Add(await letters.KeepAsync(queue, BodyOf(message.Body), message.MessageId, message.InsertedOn ?? DateTimeOffset.MinValue, cancellation));
                    await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
                }

                isEmpty = messages.Length < AtOnce;
                if (clock.GetElapsedTime(began) < longest) continue;
                isAll &= isEmpty;
                break;
            }
        }

        return new(ids, isAll);
    }

    /// <summary>How many messages lie there by storage's own rough count, hidden ones among them. One storage call for each queue.</summary>
    public async Task<ImmutableDictionary<string, int>> CountAsync(CancellationToken cancellation)
    {
        var counts = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (var queue in DeadLetterStore.Queues)
            counts[queue] = (await PoisonOf(queue).GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;
        return counts.ToImmutable();
    }

    private QueueClient PoisonOf(string queue) => queues.GetQueueClient(queue + StorageNames.PoisonSuffix);

    /// <summary>Ours are Base64, as host.json says; what is not is kept as it came.</summary>
    private static ReadOnlyMemory<byte> BodyOf(BinaryData text) =>
        Base64.IsValid(text.ToMemory().Span) && text.ToMemory().Length > 0 ? Convert.FromBase64String(text.ToString()) : text.ToMemory();

    /// <param name="Ids">Of what was moved.</param>
    /// <param name="IsAll">False when its time was up and there may be more.</param>
    public sealed record Moved(IReadOnlyList<string> Ids, bool IsAll);
}
