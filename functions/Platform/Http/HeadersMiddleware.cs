using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Shop.Functions.Platform.Http;

/// <summary>
/// What every answer says to browsers, whatever it is: take it for what it says it is, come back over TLS only, tell nobody
/// where a link was followed from (the address of a page may be as good as a signature), keep, run and load nothing. An answer that may be kept, or a page that needs more, says so
/// in place of this.
/// </summary>
public sealed class HeadersMiddleware : IFunctionsWorkerMiddleware
{
    private const string NothingPolicy = "default-src 'none'; frame-ancestors 'none'";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            var headers = http.Response.Headers;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers.StrictTransportSecurity = "max-age=63072000";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = NothingPolicy;
            // Whether a storefront's origin is named in an answer depends on who asks, and a cache must not give one's answer to another.
            headers.Vary = "Origin";
            // Scripts of a storefront on another origin see only the headers that are named here.
            headers.AccessControlExposeHeaders = "ETag, Location, Idempotency-Replayed, Retry-After";
        }

        return next(context);
    }
}
