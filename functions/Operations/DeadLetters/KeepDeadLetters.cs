using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>
/// Timer <c>DeadLetterSchedule</c>: takes the messages that the host has set aside into the store, where they are kept as long
/// as the policy says; on a poison queue they would be gone after seven days. With none there it costs one storage call for
/// each queue. Where somebody measures, it counts those that wait as well, with those that still lie there because its time was up.
/// </summary>
public sealed partial class KeepDeadLetters(PoisonQueues poison, DeadLetterStore letters, ShopMetrics metrics, ILogger<KeepDeadLetters> logger)
{
    [Function(nameof(KeepDeadLetters))]
    public async Task Run([TimerTrigger("%DeadLetterSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var moved = await poison.EmptyAsync(PoisonQueues.WhileNobodyWaits, cancellation);
        foreach (var id in moved.Ids) LogKept(id);
        if (!metrics.WantsDeadLetters) return;
        var left = moved.IsAll ? ImmutableDictionary<string, int>.Empty : await poison.CountAsync(cancellation);
        foreach (var (queue, count) in await letters.CountOpenAsync(cancellation)) metrics.WaitsForPerson(queue, count + left.GetValueOrDefault(queue));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Dead letter {Id} is kept and waits for an operator")]
    private partial void LogKept(string id);
}
