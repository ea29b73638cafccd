using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>Messages that nobody could handle, on the poison queues: oldest first, as storage keeps them.</summary>
public sealed class DeadLetters([FromKeyedServices(StorageClients.AsTheyAre)] QueueServiceClient queues)
{
    /// <summary>What storage shows or hands out at once.</summary>
    private const int AtOnce = 32;

    /// <summary>Operators see a message again after this when the purge ends in the middle of it.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    private static IEnumerable<string> Names => StorageNames.Queues.Where(queue => queue.EndsWith(StorageNames.PoisonSuffix, StringComparison.Ordinal));

    /// <summary>How many messages are older, as far as they can be seen without taking them out. One storage call for each queue.</summary>
    /// <returns>The count, and whether there may be more behind them.</returns>
    public async Task<(int Count, bool AndMore)> CountAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var (count, andMore) = (0, false);
        foreach (var name in Names)
        {
            var old = await OldAsync(queues.GetQueueClient(name), before, cancellation);
            count += old;
            andMore |= old == AtOnce;
        }

        return (count, andMore);
    }

    /// <summary>Deletes messages that are older. One storage call for a queue that has none, one for each that goes, and one for each that is put back.</summary>
    /// <returns>How many it deleted.</returns>
    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var deleted = 0;
        foreach (var name in Names)
        {
            var queue = queues.GetQueueClient(name);
            // To look at messages is to disturb nobody; only where one is old are they taken out.
            while (await OldAsync(queue, before, cancellation) is var old and > 0)
            {
                var gone = 0;
                foreach (var message in (await queue.ReceiveMessagesAsync(old, Hidden, cancellation)).Value)
                {
                    if (message.InsertedOn < before)
                    {
                        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
                        gone++;
                    }
                    else await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, cancellation);
                }

                deleted += gone;
                if (gone == 0) break;
            }
        }

        return deleted;
    }

    private static async Task<int> OldAsync(QueueClient queue, DateTimeOffset before, CancellationToken cancellation)
    {
        PeekedMessage[] messages = (await queue.PeekMessagesAsync(AtOnce, cancellation)).Value;
        return messages.Count(message => message.InsertedOn < before);
    }
}
