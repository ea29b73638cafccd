using System.Diagnostics;
using Azure;
using Azure.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Shop.Functions.Platform.Http;

/// <summary>
/// Turns what surprises an HTTP function into a problem the caller can act on: 503 while storage does not answer,
/// 500 for everything unforeseen. Queue and timer functions keep their exceptions, which the host retries.
/// </summary>
public sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        // What a caller reads in a problem must be findable in the telemetry, and the worker's own request has another number.
        if (ActivityContext.TryParse(context.TraceContext.TraceParent, null, out var trace)) http.TraceIdentifier = trace.TraceId.ToString();
        Problem problem;
        try
        {
            await next(context);
            return;
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested || http.Response.HasStarted)
        {
            throw;
        }
        catch (BadHttpRequestException exception)
        {
            problem = exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? Body.TooLarge : Body.Unreadable;
        }
        catch (LimitReachedException exception)
        {
            LogLimit(exception, context.FunctionDefinition.Name);
            problem = Problem.LimitReached;
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            LogUnavailable(exception, context.FunctionDefinition.Name);
            problem = Problem.Unavailable;
        }
        catch (Exception exception)
        {
            LogUnexpected(exception, context.FunctionDefinition.Name);
            problem = Problem.Unexpected;
        }

        await problem.ExecuteAsync(http);
    }

    /// <summary>Storage throttles, times out or cannot be reached: asking again later can help.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 403 or 404 or 408 or 429 or >= 500,
        AggregateException many => many.InnerExceptions.All(IsUnavailable),
        HttpRequestException or TaskCanceledException or TimeoutException or UnavailableException => true,
        // The identity's own endpoint is away, or has not heard of the app yet: storage cannot be asked without its token.
        AuthenticationFailedException => true,
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} was refused at a limit")]
    private partial void LogLimit(Exception exception, string function);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} could not reach a part it needs")]
    private partial void LogUnavailable(Exception exception, string function);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string function);
}
