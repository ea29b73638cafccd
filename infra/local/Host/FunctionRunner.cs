using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>Runs functions through the app's middleware and tells who listens how each run ended.</summary>
internal sealed partial class FunctionRunner(
    FunctionExecutionDelegate pipeline, IServiceProvider services, ILoggerFactory loggers, TimeProvider clock)
{
    private static readonly ActivitySource Source = new("Shop.Local.Host");
    private readonly ILogger _log = loggers.CreateLogger("Host.Function");

    public event Action<FinishedInvocation>? Finished;

    /// <summary>Runs a function that a queue or timer started, in a scope of its own. What it throws is in the result.</summary>
    public async Task<FinishedInvocation> RunAsync(LoadedFunction function, TriggerInput input, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var scope = services.CreateAsyncScope();
        Activity.Current = null;
        using var activity = StartActivity(function.Name, ActivityKind.Consumer, default);
        var invocation = new Invocation(function, scope.ServiceProvider, null, input, cancellationToken);
        Exception? error = null;
        try
        {
            await pipeline(invocation);
        }
        catch (Exception thrown)
        {
            error = thrown;
            activity?.SetStatus(ActivityStatusCode.Error);
            LogFailed(function.Name, invocation.InvocationId, thrown);
        }
        var duration = clock.GetElapsedTime(started);
        if (error is null)
            LogDone(function.Name, invocation.InvocationId, duration.TotalMilliseconds);
        return new FinishedInvocation(function.Name, function.Description.Trigger, invocation.InvocationId, error, duration)
        {
            MessageId = (input as QueueInput)?.Message.MessageId,
        };
    }

    /// <summary>Answers a request. The request's own service scope is the run's scope.</summary>
    public async Task AnswerAsync(LoadedFunction function, HttpContext http)
    {
        var started = clock.GetTimestamp();
        using var activity = StartActivity(function.Name, ActivityKind.Internal, CallerOf(http.Request));
        var invocation = new Invocation(function, http.RequestServices, http, null, default);
        Exception? error = null;
        try
        {
            await pipeline(invocation);
            if (invocation.Result is { } result)
                await HttpResult.WriteAsync(result, http);
        }
        catch (Exception thrown)
        {
            error = thrown;
            activity?.SetStatus(ActivityStatusCode.Error);
            AnswerFailure(function, invocation, http, thrown);
        }
        var duration = clock.GetElapsedTime(started);
        if (error is null && _log.IsEnabled(LogLevel.Information))
            LogAnswered(function.Name, invocation.InvocationId, http.Response.StatusCode, duration.TotalMilliseconds);
        if (Finished is not null)
        {
            var finished = new FinishedInvocation(function.Name, TriggerKind.Http, invocation.InvocationId, error, duration)
            {
                StatusCode = http.Response.StatusCode,
            };
            http.Response.OnCompleted(() =>
            {
                Publish(finished);
                return Task.CompletedTask;
            });
        }
    }

    public void Publish(FinishedInvocation finished)
    {
        try
        {
            Finished?.Invoke(finished);
        }
        catch (Exception error)
        {
            LogListenerFailed(finished.Function, error);
        }
    }

    /// <summary>Kestrel starts an activity of its own only where somebody logs or listens; if it did, the caller is known to it.</summary>
    private static ActivityContext CallerOf(HttpRequest request) =>
        Activity.Current is null
        && ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var caller)
            ? caller
            : default;

    /// <summary>Without a listener an activity is made all the same where there is none, so that every run has a trace id.</summary>
    private static Activity? StartActivity(string function, ActivityKind kind, ActivityContext caller)
    {
        var traced = Source.HasListeners() ? Source.StartActivity(function, kind, caller) : null;
        if (traced is not null || Activity.Current is not null)
            return traced;
        var activity = new Activity(function).SetIdFormat(ActivityIdFormat.W3C);
        if (caller != default)
        {
            activity.SetParentId(caller.TraceId, caller.SpanId, caller.TraceFlags);
            activity.TraceStateString = caller.TraceState;
        }
        return activity.Start();
    }

    private void AnswerFailure(LoadedFunction function, Invocation invocation, HttpContext http, Exception error)
    {
        if (error is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            LogAborted(function.Name, invocation.InvocationId);
            return;
        }
        LogFailed(function.Name, invocation.InvocationId, error);
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        http.Response.Clear();
        http.Response.StatusCode = error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
    }

    [LoggerMessage(LogLevel.Information, "{Function} answered {Status} in {Milliseconds:0.0} ms ({InvocationId})")]
    private partial void LogAnswered(string function, string invocationId, int status, double milliseconds);

    [LoggerMessage(LogLevel.Information, "{Function} succeeded in {Milliseconds:0.0} ms ({InvocationId})")]
    private partial void LogDone(string function, string invocationId, double milliseconds);

    [LoggerMessage(LogLevel.Error, "{Function} failed ({InvocationId})")]
    private partial void LogFailed(string function, string invocationId, Exception error);

    [LoggerMessage(LogLevel.Error, "Whoever listens for the end of {Function} failed")]
    private partial void LogListenerFailed(string function, Exception error);

    [LoggerMessage(LogLevel.Debug, "{Function} was left by its caller ({InvocationId})")]
    private partial void LogAborted(string function, string invocationId);
}
