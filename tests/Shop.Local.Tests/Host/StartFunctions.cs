using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace Shop.Local.Tests.Host;

public sealed class BadCron
{
    [Function("BadCron")]
    public void Run([TimerTrigger("* *")] TimerInfo timer) => _ = timer;
}

public sealed class NoSetting
{
    [Function("NoSetting")]
    public void Run([TimerTrigger("%Schedule%")] TimerInfo timer) => _ = timer;
}

public sealed class BadRoute
{
    [Function("BadRoute")]
    public void Run([HttpTrigger(Anonymous, Route = "{a")] HttpRequest request) => _ = request;
}

public sealed class InTheArchive
{
    [Function("InTheArchive")]
    public void Run([QueueTrigger("q", Connection = "Archive")] string message) => _ = message;
}
