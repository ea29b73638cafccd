using System.Net;
using System.Net.Sockets;
using Shop.Local.Host;

namespace Shop.Local.Tests.Host;

public sealed class StartTests
{
    [Theory]
    [InlineData(typeof(BadCron), "Function 'BadCron': its schedule '* *' is no NCRONTAB expression")]
    [InlineData(typeof(NoSetting), "Function 'NoSetting': its trigger names the setting 'Schedule', which is missing")]
    [InlineData(typeof(BadRoute), "Function 'BadRoute': its route 'api/{a' is malformed")]
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
        var error = await Should.ThrowAsync<InvalidOperationException>(() => TestHost.StartAsync<InTheArchive>());

        error.Message.ShouldBe("Function 'InTheArchive' needs a storage connection string in the setting 'Archive'.");
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
                App = new InProcessApp(TestHost.Generated, (_, addWeb) => addWeb()) { Classes = _ => false },
                Configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build(),
                HostJsonPath = hostJson,
                Port = ((IPEndPoint)taken.LocalEndpoint).Port,
            },
            TestContext.Current.CancellationToken));
        File.Delete(hostJson);
    }
}
