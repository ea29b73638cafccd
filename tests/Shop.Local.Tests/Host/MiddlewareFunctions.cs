using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace Shop.Local.Tests.Host;

public sealed class MiddlewareFunctions(IServiceProvider services)
{
    [Function("Result")]
    public IResult Result([HttpTrigger(Anonymous, "get", Route = "result")] HttpRequest request)
    {
        var steps = services.GetRequiredService<MiddlewareTests.Steps>();
        steps.Add("function");
        return new MiddlewareTests.Told(steps, "result", Results.Text("done"));
    }

    [Function("Scope")]
    public IResult Scope([HttpTrigger(Anonymous, "get", Route = "scope")] HttpRequest request) =>
        Results.Text(services.GetRequiredService<MiddlewareTests.Scoped>().Id);

    [Function("Context")]
    public IResult Context([HttpTrigger(Anonymous, "get", Route = "context/{id}")] HttpRequest request, FunctionContext context) =>
        Results.Text(string.Join('|',
        context.FunctionDefinition.Name, context.FunctionDefinition.EntryPoint,
        context.FunctionDefinition.InputBindings["request"].Type, context.BindingContext.BindingData["id"],
        context.InvocationId, context.TraceContext.TraceParent, Activity.Current?.TraceId));

    [Function("Throws")]
    public static Task Throws([HttpTrigger(Anonymous, "get", Route = "throws")] HttpRequest request) =>
        throw new TimeZoneNotFoundException();

    [Function("ThrowsLater")]
    public static IResult ThrowsLater([HttpTrigger(Anonymous, "get", Route = "throws-later")] HttpRequest request) =>
        new MiddlewareTests.Broken();

    [Function("Action")]
    public static async Task<IActionResult> Action([HttpTrigger(Anonymous, "get", Route = "action")] HttpRequest request)
    {
        await Task.Yield();
        return new ObjectResult(new MiddlewareTests.Appliance("kettle")) { StatusCode = 418 };
    }

    [Function("Value")]
    public static MiddlewareTests.Appliance Poco([HttpTrigger(Anonymous, "get", Route = "poco")] HttpRequest request) =>
        new("kettle");

    [Function("TextValue")]
    public static Task<string> Text([HttpTrigger(Anonymous, "get", Route = "text")] HttpRequest request) =>
        Task.FromResult("kettle");

    [Function("Own")]
    public static async Task Own([HttpTrigger(Anonymous, "get", Route = "own")] HttpRequest request)
    {
        request.HttpContext.Response.StatusCode = 201;
        await request.HttpContext.Response.WriteAsync("by hand");
    }

    [Function("Void")]
    public static void Void([HttpTrigger(Anonymous, "get", Route = "void")] HttpRequest request)
    {
    }
}
