using Azure;
using Azure.Storage.Queues;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Operations.Health;

/// <summary>Asks tables and queues whether they answer, at most once in ten seconds and instance: anyone may ask for it, and calls cost money.</summary>
public sealed class StorageProbe(ReconciliationStore reconciliations, QueueServiceClient queues, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>A check that waits as long as the SDK tries again is given up by whoever asks for it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private (long At, Task<StorageAnswer> Answer)? _latest;

    /// <summary>Two storage calls, none while the last answer is fresh.</summary>
    public Task<StorageAnswer> AskAsync()
    {
        lock (_lock)
        {
            if (_latest is { } known && (!known.Answer.IsCompleted || (known.Answer.IsCompletedSuccessfully && clock.GetElapsedTime(known.At) < Fresh)))
                return known.Answer;
            // Not within the request: others wait for the same answer, and whoever asked may have gone.
            var answer = QueryAsync();
            _latest = (clock.GetTimestamp(), answer);
            return answer;
        }
    }

    private async Task<StorageAnswer> QueryAsync()
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        IReadOnlyDictionary<string, EventListProgress> lists = new Dictionary<string, EventListProgress>();
        // At once: one of them that hangs must not use up the other's time.
        var tables = FailureOfAsync(async () => lists = await reconciliations.EventListsAsync(limit.Token));
        var queue = FailureOfAsync(() => queues.GetQueueClient(StorageNames.OrderChecks).GetPropertiesAsync(limit.Token));
        return new(await tables, await queue, lists);
    }

    /// <returns>What kind of failure it was; null when it was none.</returns>
    private static async Task<string?> FailureOfAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (Exception exception) when (ProblemMiddleware.IsUnavailable(exception) || exception is OperationCanceledException)
        {
            return exception is RequestFailedException { Status: > 0 } failed ? $"http_{failed.Status}" : "no_answer";
        }
    }
}

/// <param name="Tables">What kind of failure tables answered with; null for none.</param>
/// <param name="Queues">The same of queues.</param>
/// <param name="EventLists">How far each provider's own list of events has been read.</param>
public sealed record StorageAnswer(string? Tables, string? Queues, IReadOnlyDictionary<string, EventListProgress> EventLists);
