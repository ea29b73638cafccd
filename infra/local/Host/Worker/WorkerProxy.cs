using System.Net;
using Microsoft.AspNetCore.Http;
using Shop.Local.Host.Worker.Rpc;
using Yarp.ReverseProxy.Forwarder;

namespace Shop.Local.Host.Worker;

/// <summary>Forwards requests to a worker's own web server, each beside the invocation that it belongs to.</summary>
internal sealed class WorkerProxy : IDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";

    /// <summary>After so long without a byte the Functions host gives up (its DefaultHttpProxyService); of an answer's first byte <see cref="FrontEnd"/> despairs before.</summary>
    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        // The trace is in the request already.
        ActivityHeadersPropagator = null,
    });

    public IHttpForwarder Forwarder { get; set; } = null!;

    /// <summary>Throws what the function throws, with nothing written unless it had begun to answer. A run whose client is gone is cancelled and not waited for.</summary>
    public async Task AnswerAsync(RunningWorker worker, InvocationRequest request, HttpContext http)
    {
        var invocation = worker.Channel.InvokeAsync(request, http.RequestAborted);
        var failure = await Forwarder.SendAsync(http, worker.Http.ToString(), _http, Config, new Transformer(request, invocation), http.RequestAborted);
        if (failure != ForwarderError.None && !invocation.IsCompleted)
            worker.Channel.Tell(new() { InvocationCancel = new() { InvocationId = request.InvocationId } });
        if (failure != ForwarderError.None && http.RequestAborted.IsCancellationRequested)
        {
            _ = invocation.ContinueWith(static run => run.Exception, TaskScheduler.Default);
            throw new OperationCanceledException(http.RequestAborted);
        }

        await invocation;
        if (failure != ForwarderError.None) throw http.GetForwarderErrorFeature()?.Exception ?? new IOException($"The request did not reach the app ({failure}).");
    }

    public void Dispose() => _http.Dispose();

    private sealed class Transformer(InvocationRequest invocation, Task run) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var request = httpContext.Request;
            // What a client says under these names is not the host's word.
            Set(proxyRequest, InvocationHeader, invocation.InvocationId);
            Set(proxyRequest, "traceparent", invocation.TraceContext.TraceParent);
            // Azure's front end appends whom it saw to whatever the client says, and with the port.
            Set(proxyRequest, "X-Forwarded-For", string.Join(", ", [.. request.Headers["X-Forwarded-For"], $"{new IPEndPoint(httpContext.Connection.RemoteIpAddress ?? IPAddress.Loopback, httpContext.Connection.RemotePort)}"]));
            Set(proxyRequest, "X-Forwarded-Host", request.Host.Value);
            Set(proxyRequest, "X-Forwarded-Proto", request.Scheme);
        }

        /// <summary>A function that throws before it answers leaves an empty 200 behind: only the run's own result tells it apart.</summary>
        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is { StatusCode: HttpStatusCode.OK, Content.Headers.ContentLength: 0 })
            {
                await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!run.IsCompletedSuccessfully) return false;
            }

            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }

        private static void Set(HttpRequestMessage request, string name, string? value)
        {
            request.Headers.Remove(name);
            if (!string.IsNullOrEmpty(value)) request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
