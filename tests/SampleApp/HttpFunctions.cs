using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace SampleApp;

internal sealed partial class HttpFunctions(ILogger<HttpFunctions> logger)
{
    [Function("SampleNumberedItem")]
    public IResult Numbered([HttpTrigger(Anonymous, "get", Route = "items/{id:int}")] HttpRequest request, int id) => Results.Text($"number {id}");

    [Function("SampleZNamedItem")]
    public IResult Named([HttpTrigger(Anonymous, "get", Route = "items/{name}")] HttpRequest request, string name) => Results.Text($"name {name}");

    [Function("SampleSwitchedOff")]
    public IResult SwitchedOff([HttpTrigger(Anonymous, "get", Route = "items/off")] HttpRequest request) => Results.Text("on");

    [Function("SampleBody")]
    public IResult Body([HttpTrigger(Anonymous, "post", Route = "body")] HttpRequest request, [FromBody] Item item) => Results.Text($"{item.Name} {item.Units}");

    [Function("SampleLength")]
    public async Task<IResult> Length([HttpTrigger(Anonymous, "post", Route = "length")] HttpRequest request, CancellationToken cancellation)
    {
        var length = 0;
        var part = new byte[81_920];
        while (await request.Body.ReadAsync(part, cancellation) is > 0 and var read) length += read;
        return Results.Text($"{length}");
    }

    [Function("SampleOrder")]
    public IResult Order([HttpTrigger(Anonymous, "get", Route = "order")] HttpRequest request, FunctionContext context)
    {
        var steps = Steps.Of(context);
        steps.Add("function");
        return steps;
    }

    [Function("SampleThrows")]
    public IResult Throws([HttpTrigger(Anonymous, "get", Route = "throws")] HttpRequest request) => throw new InvalidOperationException("no");

    [Function("SampleNothing")]
    public void Nothing([HttpTrigger(Anonymous, "get", Route = "nothing")] HttpRequest request)
    {
    }

    [Function("SampleLog")]
    public IResult Log([HttpTrigger(Anonymous, "get", Route = "log")] HttpRequest request)
    {
        LogOfOrdinary();
        LogOfAttention();
        LogOfFailure(new InvalidOperationException("because"));
        return Results.NoContent();
    }

    /// <summary>Until nobody waits any more.</summary>
    [Function("SampleWait")]
    public async Task<IResult> Wait([HttpTrigger(Anonymous, "get", Route = "wait")] HttpRequest request, CancellationToken cancellation)
    {
        await using var cancelled = cancellation.Register(LogOfCancelled);
        LogOfWaiting();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        return Results.NoContent();
    }

    [LoggerMessage(LogLevel.Information, "ordinary")]
    private partial void LogOfOrdinary();

    [LoggerMessage(LogLevel.Warning, "attention")]
    private partial void LogOfAttention();

    [LoggerMessage(LogLevel.Error, "failure")]
    private partial void LogOfFailure(Exception exception);

    [LoggerMessage(LogLevel.Warning, "waiting")]
    private partial void LogOfWaiting();

    [LoggerMessage(LogLevel.Warning, "cancelled")]
    private partial void LogOfCancelled();

    internal sealed record Item(string Name, int Units);
}
