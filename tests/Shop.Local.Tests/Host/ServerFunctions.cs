using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace Shop.Local.Tests.Host;

public sealed class ServerFunctions(ServerTests.Gate gate)
{
    [Function("Hello")]
    public IResult Hello([HttpTrigger(Anonymous, "get", "patch", Route = "hello")] HttpRequest request) => Results.Text("hello");

    [Function("Fail")]
    public IResult Fail([HttpTrigger(Anonymous, "get", Route = "fail")] HttpRequest request) =>
        throw new InvalidOperationException("no");

    [Function("Wait")]
    public async Task<IResult> WaitAsync(
        [HttpTrigger(Anonymous, "get", Route = "wait")] HttpRequest request, CancellationToken cancellationToken)
    {
        gate.Entered.SetResult();
        await gate.Open.Task.WaitAsync(cancellationToken);
        return Results.Text("waited");
    }

    [Function("Trickle")]
    public IResult Trickle([HttpTrigger(Anonymous, "get", Route = "trickle")] HttpRequest request) => Results.Stream(async body =>
    {
        await body.WriteAsync("begun, "u8.ToArray());
        await body.FlushAsync();
        await gate.Open.Task.WaitAsync(request.HttpContext.RequestAborted);
        await body.WriteAsync("ended"u8.ToArray());
    });

    [Function("NightlyRun")]
    public void Nightly([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => timer.ScheduleStatus.ShouldNotBeNull();
}
