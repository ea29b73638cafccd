using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>Queue <c>erasure-runs</c>: finishes an erasure that was confirmed and cut off. One that was not confirmed is left alone.</summary>
public sealed partial class ContinueErasure(ErasureStore erasures, AccountEraser eraser, TimeProvider clock, ILogger<ContinueErasure> logger)
{
    [Function(nameof(ContinueErasure))]
    public async Task Run([QueueTrigger(StorageNames.ErasureRuns)] string message, CancellationToken cancellation)
    {
        var run = ErasureRun.Parse(message);
        ErasureState? state = null;
        try
        {
            state = await erasures.FindStateAsync(run.AccountId, cancellation);
            if (state is not { ConfirmedAt: not null }) return;
            var done = await eraser.RunAsync(state, cancellation);
            if (done.IsToBeTold) await PostponeAsync(run, state, cancellation);
            else LogFinished(state.Reference!);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            if (ProblemMiddleware.IsUnavailable(exception)) LogPostponed(exception);
            else LogFailed(exception);
            await PostponeAsync(run, state, cancellation);
        }
    }

    private Task PostponeAsync(ErasureRun run, ErasureState? state, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return erasures.SendAsync(run, ErasureDecision.NextTry(now - (state?.ConfirmedAt ?? now)), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasure {Reference} was cut off and is now done")]
    private partial void LogFinished(string reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "An erasure is put off: a part it needs is not answering")]
    private partial void LogPostponed(Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "An erasure that was confirmed fails in a way that waiting may not mend; it is tried again each hour")]
    private partial void LogFailed(Exception exception);
}
