using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Platform.DeadLetters;

/// <summary>
/// When the last try of a queue message fails, notes with what: the host puts the message aside without a word of why. The
/// note is the kind of failure and the trace it stands in, for the exception's own words may quote what nobody should read.
/// </summary>
public sealed partial class LastTryMiddleware(DeadLetterStore letters, ILogger<LastTryMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>As host.json has it (<c>maxDequeueCount</c>).</summary>
    public const int Tries = 5;

    private static readonly FrozenDictionary<string, string> Queues = AccessRules.AllFunctions()
        .Select(function => (function.Name, Trigger: function.Method.GetParameters().Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>()).FirstOrDefault(found => found is not null)))
        .Where(function => function.Trigger is not null)
        .ToFrozenDictionary(function => function.Name, function => function.Trigger!.QueueName);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (Queues.TryGetValue(context.FunctionDefinition.Name, out var queue) && IsLast(context) && !context.CancellationToken.IsCancellationRequested)
        {
            await NoteAsync(queue, context, failure);
            throw;
        }
    }

    private async Task NoteAsync(string queue, FunctionContext context, Exception failure)
    {
        if (context.BindingContext.BindingData.GetValueOrDefault("QueueTrigger") is not string text) return;
        var traceId = ActivityContext.TryParse(context.TraceContext.TraceParent, null, out var trace) ? trace.TraceId.ToString() : null;
        try
        {
            await letters.NoteFailureAsync(queue, Encoding.UTF8.GetBytes(text), failure.GetBaseException().GetType().Name, traceId, context.CancellationToken);
        }
        catch (Exception unnoted) when (Http.ProblemMiddleware.IsUnavailable(unnoted))
        {
            // Storage is what fails, most likely here as well: the message is set aside all the same, and says why less well.
            LogNotNoted(unnoted, queue);
        }
    }

    private static bool IsLast(FunctionContext context) =>
        int.TryParse(Convert.ToString(context.BindingContext.BindingData.GetValueOrDefault("DequeueCount"), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var count) && count >= Tries;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Why the last try of a message of {Queue} failed could not be noted")]
    private partial void LogNotNoted(Exception exception, string queue);
}
