using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Shop.Local.Host;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace Shop.Local.Tests.Host;

public sealed class StartTests
{
    [Theory]
    [InlineData(typeof(QueryParameter), "Function 'QueryParameter': its parameter 'page' of type Int32 cannot be bound: the route")]
    [InlineData(typeof(ContextParameter), "its parameter 'http' of type HttpContext cannot be bound: HttpContext is not bindable")]
    [InlineData(typeof(PlainBody), "its parameter 'order' of type String cannot be bound: an [HttpTrigger] parameter is an HttpRequest")]
    [InlineData(typeof(TimerText), "its parameter 'timer' of type String cannot be bound: a [TimerTrigger] parameter is a TimerInfo")]
    [InlineData(typeof(QueueStream), "its parameter 'message' of type Stream cannot be bound: a [QueueTrigger] parameter is a string")]
    [InlineData(typeof(QueueService), "its parameter 'clock' of type TimeProvider cannot be bound: only the trigger")]
    [InlineData(typeof(NoTrigger), "Function 'NoTrigger': it has 0 triggers")]
    [InlineData(typeof(Output), "Function 'Output': this host runs no output bindings")]
    [InlineData(typeof(BadCron), "Function 'BadCron': its schedule '* *' is no NCRONTAB expression")]
    [InlineData(typeof(NoSetting), "Function 'NoSetting': its trigger names the setting 'Schedule', which is missing")]
    [InlineData(typeof(SameRoutes), "Functions 'One' and 'Two' answer the same method on the same route 'same'")]
    [InlineData(typeof(SameNames), "Function 'Same': 2 methods have this name")]
    [InlineData(typeof(BadRoute), "Function 'BadRoute': its route 'api/{a' is malformed")]
    [InlineData(typeof(NoService), "Function 'NoService': its class asks for System.TimeProvider, which is not registered")]
    [InlineData(typeof(Retry), "Function 'Retry': this host has no retry policies")]
    [InlineData(typeof(FireAndForget), "Function 'FireAndForget': an async void method ends before its work does")]
    public async Task What_cannot_be_run_is_said_at_start(Type functions, string message)
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => TestHost.StartAsync([functions]));

        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("""{ "extensions": { "queues": { "batchSize": 33 } } }""", "host.json: extensions.queues.batchSize is '33'")]
    [InlineData("""{ "extensions": { "queues": { "visibilityTimeout": "soon" } } }""", "extensions.queues.visibilityTimeout is 'soon'")]
    [InlineData("""{ "extensions": { "queues": { "messageEncoding": "utf7" } } }""", "must be base64 or none")]
    public async Task A_wrong_value_in_host_json_is_said_at_start(string hostJson, string message)
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => TestHost.StartAsync([], new() { HostJson = hostJson }));

        error.Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_missing_connection_is_said_at_start()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => TestHost.StartAsync<Elsewhere>());

        error.Message.ShouldBe("Function 'Elsewhere' needs a storage connection string in the setting 'Archive'.");
    }

    [Fact]
    public async Task A_taken_port_is_said_at_start()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var hostJson = Path.GetTempFileName();
        await File.WriteAllTextAsync(hostJson, "{}", TestContext.Current.CancellationToken);

        await Should.ThrowAsync<IOException>(() => FunctionHost.StartAsync(
            new FunctionHostOptions
            {
                App = new InProcessApp(typeof(StartTests).Assembly, _ => { }) { FunctionClasses = _ => false },
                Configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build(),
                HostJsonPath = hostJson,
                Port = ((IPEndPoint)taken.LocalEndpoint).Port,
            },
            TestContext.Current.CancellationToken));
        File.Delete(hostJson);
    }

    public sealed class QueryParameter
    {
        [Function("QueryParameter")]
        public void Run([HttpTrigger(Anonymous, "get")] HttpRequest request, int page) => _ = page;
    }

    public sealed class ContextParameter
    {
        [Function("ContextParameter")]
        public void Run([HttpTrigger(Anonymous, "get")] HttpRequest request, HttpContext http) => _ = http;
    }

    public sealed class PlainBody
    {
        [Function("PlainBody")]
        public void Run([HttpTrigger(Anonymous, "post")] string order) => _ = order;
    }

    public sealed class TimerText
    {
        [Function("TimerText")]
        public void Run([TimerTrigger("0 0 * * * *")] string timer) => _ = timer;
    }

    public sealed class QueueStream
    {
        [Function("QueueStream")]
        public void Run([QueueTrigger("q")] Stream message) => _ = message;
    }

    public sealed class QueueService
    {
        [Function("QueueService")]
        public void Run([QueueTrigger("q")] string message, TimeProvider clock) => _ = clock;
    }

    public sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public void Run()
        {
        }
    }

    public sealed class Output
    {
        [Function("Output")]
        [QueueOutput("q")]
        public string Run([HttpTrigger(Anonymous, "get")] HttpRequest request) => "";
    }

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

    public sealed class SameRoutes
    {
        [Function("One")]
        public void One([HttpTrigger(Anonymous, "get", "post", Route = "same")] HttpRequest request) => _ = request;

        [Function("Two")]
        public void Two([HttpTrigger(Anonymous, "POST", Route = "same")] HttpRequest request) => _ = request;
    }

    public sealed class SameNames
    {
        [Function("Same")]
        public void One([HttpTrigger(Anonymous, Route = "one")] HttpRequest request) => _ = request;

        [Function("Same")]
        public void Two([HttpTrigger(Anonymous, Route = "two")] HttpRequest request) => _ = request;
    }

    public sealed class BadRoute
    {
        [Function("BadRoute")]
        public void Run([HttpTrigger(Anonymous, Route = "{a")] HttpRequest request) => _ = request;
    }

    public sealed class NoService(TimeProvider clock)
    {
        [Function("NoService")]
        public string Run([HttpTrigger(Anonymous)] HttpRequest request) => $"{clock}";
    }

    public sealed class Retry
    {
        [Function("Retry")]
        [ExponentialBackoffRetry(3, "00:00:01", "00:00:10")]
        public void Run([QueueTrigger("q")] string message) => _ = message;
    }

    public sealed class FireAndForget
    {
#pragma warning disable AZFW0002 // The host must say what the analyzer says to who has turned it off.
        [Function("FireAndForget")]
        public async void Run([HttpTrigger(Anonymous)] HttpRequest request, [FromBody] string body) =>
            await Task.Yield();
#pragma warning restore AZFW0002
    }

    public sealed class Elsewhere
    {
        [Function("Elsewhere")]
        public void Run([QueueTrigger("q", Connection = "Archive")] string message) => _ = message;
    }
}
