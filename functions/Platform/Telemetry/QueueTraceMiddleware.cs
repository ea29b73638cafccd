using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Shop.Functions.Platform.Telemetry;

/// <summary>
/// Begins a span for every message of a queue, in the trace of whoever sent it, so that a webhook and what becomes of its order
/// are one trace. The host begins another trace for each message, in which its own logs stand: the span has a link to that.
/// </summary>
public sealed class QueueTraceMiddleware : IFunctionsWorkerMiddleware
{
    /// <summary>The shop's own spans.</summary>
    public static ActivitySource Source { get; } = new("Shop.Functions");

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!Source.HasListeners() || context.BindingContext.BindingData.GetValueOrDefault("QueueTrigger") is not string message)
        {
            await next(context);
            return;
        }

        using var span = Begin(context, message);
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            // The kind only: the words of an exception may quote what nobody should read.
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetBaseException().GetType().Name);
            throw;
        }
    }

    private static Activity? Begin(FunctionContext context, string message)
    {
        ActivityContext.TryParse(context.TraceContext.TraceParent, context.TraceContext.TraceState, isRemote: true, out var host);
        var sender = MessageTrace.Of(message);
        return Source.StartActivity(
            $"process {context.FunctionDefinition.Name}", ActivityKind.Consumer, sender ?? host,
            tags:
            [
                new("messaging.system", "azure_storage_queues"),
                new("messaging.operation.type", "process"),
                new("messaging.message.id", context.BindingContext.BindingData.GetValueOrDefault("Id")),
                new("messaging.delivery.count", context.BindingContext.BindingData.GetValueOrDefault("DequeueCount")),
            ],
            links: sender is null || host == default ? [] : [new ActivityLink(host)]);
    }
}
