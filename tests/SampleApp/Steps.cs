using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SampleApp;

/// <summary>What has happened in a run, in order; as a result it is written last.</summary>
internal sealed class Steps : List<string>, IResult
{
    public static Steps Of(FunctionContext context)
    {
        if (context.Items.TryGetValue(nameof(Steps), out var known)) return (Steps)known;
        var steps = new Steps();
        context.Items[nameof(Steps)] = steps;
        return steps;
    }

    public Task ExecuteAsync(HttpContext httpContext) => httpContext.Response.WriteAsync(string.Join(", ", [.. this, "result"]), httpContext.RequestAborted);
}
