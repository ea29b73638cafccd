using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>Begins each run of a function, logs how it ended, and tells who listens.</summary>
internal sealed partial class FunctionRunner(IFunctionInvoker invoker, ILoggerFactory loggers, TimeProvider clock)
{
    private readonly ILogger _log = loggers.CreateLogger("Host.Function");

    /// <summary>The host's own spans; each host has a source of its own, so that who listens to one does not hear the others.</summary>
    public ActivitySource Source { get; } = new("Shop.Local.Host");

    public event Action<FinishedInvocation>? Finished;

    /// <summary>Runs a function that a queue or timer started. What it throws is in the result.</summary>
    public async Task<FinishedInvocation> RunAsync(FunctionDescription function, TriggerInput input, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        Activity.Current = null;
        using var activity = StartActivity(function.Name, function.Trigger == TriggerKind.Timer ? ActivityKind.Internal : ActivityKind.Consumer, default);
        var run = Begin(function);
        Exception? error = null;
        try
        {
            await invoker.RunAsync(run, input, cancellationToken);
        }
        catch (Exception thrown)
        {
            error = thrown;
            activity?.SetStatus(ActivityStatusCode.Error);
            LogFailed(function.Name, run.Id, thrown);
        }
        var duration = clock.GetElapsedTime(started);
        if (error is null)
            LogDone(function.Name, run.Id, duration.TotalMilliseconds);
        return new FinishedInvocation(function.Name, function.Trigger, run.Id, error, duration)
        {
            MessageId = (input as QueueInput)?.Message.MessageId,
        };
    }

    /// <summary>Answers a request; a function that throws is answered 500 without a body.</summary>
    public async Task AnswerAsync(FunctionDescription function, HttpContext http)
    {
        var started = clock.GetTimestamp();
        using var activity = StartActivity($"{http.Request.Method} {function.Route}", ActivityKind.Server, CallerOf(http.Request));
        var run = Begin(function);
        Exception? error = null;
        try
        {
            await invoker.AnswerAsync(run, http);
        }
        catch (Exception thrown)
        {
            error = thrown;
            activity?.SetStatus(ActivityStatusCode.Error);
            AnswerFailure(run, http, thrown);
        }
        activity?.SetTag("http.response.status_code", http.Response.StatusCode);
        var duration = clock.GetElapsedTime(started);
        if (error is null && _log.IsEnabled(LogLevel.Information))
            LogAnswered(function.Name, run.Id, http.Response.StatusCode, duration.TotalMilliseconds);
        if (Finished is not null)
        {
            var finished = new FinishedInvocation(function.Name, TriggerKind.Http, run.Id, error, duration)
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

    private static FunctionRun Begin(FunctionDescription function) =>
        new(function, Guid.NewGuid().ToString(), Activity.Current?.Id ?? "", Activity.Current?.TraceStateString ?? "");

    /// <summary>Kestrel starts an activity of its own only where somebody logs or listens; if it did, the caller is known to it.</summary>
    private static ActivityContext CallerOf(HttpRequest request) =>
        Activity.Current is null
        && ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var caller)
            ? caller
            : default;

    /// <summary>Without a listener an activity is made all the same where there is none, so that every run has a trace id.</summary>
    private Activity? StartActivity(string function, ActivityKind kind, ActivityContext caller)
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

    private void AnswerFailure(FunctionRun run, HttpContext http, Exception error)
    {
        if (error is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            LogAborted(run.Function.Name, run.Id);
            return;
        }
        LogFailed(run.Function.Name, run.Id, error);
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
