using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>
/// Azure's front end, as far as it shows: whoever has had no answer for 230 seconds (Microsoft's table of time-outs) is told 504, and the
/// connection to the host is closed, which cancels the run (FunctionInvocationMiddleware of Azure/azure-functions-host).
/// </summary>
internal sealed partial class FrontEnd(TimeProvider clock, ILoggerFactory loggers)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(230);

    private readonly ILogger _log = loggers.CreateLogger("Host.FrontEnd");

    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        var wait = new CancellationTokenSource(LongestWait, clock);
        // An answer without a body begins only after this.
        http.Response.RegisterForDispose(wait);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, wait.Token);
        http.Response.OnStarting(() =>
        {
            wait.CancelAfter(Timeout.InfiniteTimeSpan);
            return Task.CompletedTask;
        });
        var client = http.RequestAborted;
        http.RequestAborted = gone.Token;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = client;
        }

        if (!wait.IsCancellationRequested || http.Response.HasStarted) return;
        LogGivenUp(http.GetEndpoint()?.DisplayName, LongestWait.TotalSeconds);
        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
    }

    [LoggerMessage(LogLevel.Warning, "{Function} has not begun to answer for {Seconds} s: the client is told 504, as by Azure's front end")]
    private partial void LogGivenUp(string? function, double seconds);
}
