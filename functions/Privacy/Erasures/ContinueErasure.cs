using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>Queue <c>erasure-runs</c>: finishes an erasure that was confirmed and cut off. One that was not confirmed is left alone.</summary>
public sealed partial class ContinueErasure(ErasureStore erasures, AccountEraser eraser, ILogger<ContinueErasure> logger)
{
    /// <summary>The host gives a message five tries within a minute; an outage lasts longer, and this message must not end as a dead letter.</summary>
    private static readonly TimeSpan Postponement = TimeSpan.FromMinutes(5);

    [Function(nameof(ContinueErasure))]
    public async Task Run([QueueTrigger(StorageNames.ErasureRuns)] string message, CancellationToken cancellation)
    {
        var run = ErasureRun.Parse(message);
        try
        {
            if (await erasures.FindStateAsync(run.AccountId, cancellation) is not { ConfirmedAt: not null } state) return;
            var done = await eraser.RunAsync(state, cancellation);
            if (done.IsToBeTold) await erasures.SendAsync(run, Postponement, cancellation);
            else LogFinished(state.Reference!);
        }
        catch (Exception exception) when (ProblemMiddleware.IsUnavailable(exception))
        {
            LogPostponed(exception);
            await erasures.SendAsync(run, Postponement, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasure {Reference} was cut off and is now done")]
    private partial void LogFinished(string reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "An erasure is put off: a part it needs is not answering")]
    private partial void LogPostponed(Exception exception);
}
