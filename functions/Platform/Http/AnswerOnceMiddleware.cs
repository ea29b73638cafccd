using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Shop.Functions.Platform.Http;

/// <summary>
/// Once an answer is written, the worker would send what the function returned to the Functions host as well: as JSON or, where
/// that throws, as text with everything in it. Nobody reads it there, it costs more than many a function does, and it may name people. This
/// has to come before the worker's own HTTP middleware, which writes the answer.
/// </summary>
public sealed class AnswerOnceMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        context.GetInvocationResult().Value = null;
    }
}
