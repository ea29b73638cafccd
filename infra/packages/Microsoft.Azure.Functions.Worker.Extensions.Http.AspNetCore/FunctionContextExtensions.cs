using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    // Whoever runs the function puts the request there under this very string.
    private const string HttpContextKey = "HttpRequestContext";

    /// <returns>The request that triggered the invocation, or null if something else did.</returns>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpContextKey, out var item) ? item as HttpContext : null;
}
