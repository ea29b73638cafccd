using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shop.Local.Host.InProcess;

/// <summary>Turns what a function returned into a response once its middleware is done, as worker and Functions host do.</summary>
internal static class HttpResult
{
    private static readonly ActionDescriptor NoAction = new();

    public static Task WriteAsync(object result, HttpContext http) => result switch
    {
        IResult outcome => outcome.ExecuteAsync(http),
        IActionResult outcome => outcome.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), NoAction)),
        // A function that wrote the response itself and returns a value besides has answered already.
        _ when http.Response.HasStarted => Task.CompletedTask,
        string text => WriteTextAsync(text, http.Response),
        byte[] bytes => WriteBytesAsync(BinaryData.FromBytes(bytes), MediaTypeNames.Application.Octet, http.Response),
        _ => WriteBytesAsync(Serialize(result, http), "application/json; charset=utf-8", http.Response),
    };

    private static BinaryData Serialize(object result, HttpContext http)
    {
        var serializer = http.RequestServices.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!;
        return serializer.Serialize(result, result.GetType(), http.RequestAborted);
    }

    private static Task WriteTextAsync(string text, HttpResponse response)
    {
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text, response.HttpContext.RequestAborted);
    }

    private static async Task WriteBytesAsync(BinaryData content, string type, HttpResponse response)
    {
        response.ContentType = type;
        response.ContentLength = content.ToMemory().Length;
        await response.Body.WriteAsync(content.ToMemory(), response.HttpContext.RequestAborted);
    }
}
