using System.Buffers.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Platform.DeadLetters;

/// <summary>The poison queues, where the host puts what has failed too often: emptied into the store of dead letters.</summary>
public sealed class PoisonQueues([FromKeyedServices(StorageClients.AsTheyAre)] QueueServiceClient queues, DeadLetterStore letters)
{
    /// <summary>What storage hands out at once.</summary>
    private const int AtOnce = 32;

    /// <summary>Of one queue in one run; the next one goes on.</summary>
    private const int Most = 320;

    /// <summary>It is seen again after this when the run ends in the middle of it.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    /// <summary>Moves what is there into the store: first kept, then deleted, so that nothing is ever in neither. One storage call for each empty queue.</summary>
    /// <returns>The ids of what was moved.</returns>
    public async Task<IReadOnlyList<string>> EmptyAsync(CancellationToken cancellation)
    {
        var moved = new List<string>();
        foreach (var queue in DeadLetterStore.Queues)
        {
            var poison = queues.GetQueueClient(queue + StorageNames.PoisonSuffix);
            for (var seen = 0; seen < Most;)
            {
                QueueMessage[] messages = (await poison.ReceiveMessagesAsync(AtOnce, Hidden, cancellation)).Value;
                foreach (var message in messages)
                {
                    moved.Add(await letters.KeepAsync(queue, BodyOf(message.Body), message.MessageId, message.InsertedOn ?? DateTimeOffset.MinValue, cancellation));
                    await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
                }

                if (messages.Length < AtOnce) break;
                seen += messages.Length;
            }
        }

        return moved;
    }

    /// <summary>Ours are Base64, as host.json says; what is not is kept as it came.</summary>
    private static ReadOnlyMemory<byte> BodyOf(BinaryData text) =>
        Base64.IsValid(text.ToMemory().Span) && text.ToMemory().Length > 0 ? Convert.FromBase64String(text.ToString()) : text.ToMemory();
}
