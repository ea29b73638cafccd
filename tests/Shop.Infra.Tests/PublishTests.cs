using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Shop.Functions.Orders.Placing;
using Shop.Local;
using Shop.Local.Host;

namespace Shop.Infra.Tests;

/// <summary>What `dotnet publish` writes is what a Functions host needs, and nothing of one's own machine; and it runs.</summary>
public sealed class PublishTests
{
    /// <summary>
    /// The runner takes a test process for crashed that ends more than a minute after the last thing that was heard of it, and
    /// publishing takes minutes on a busy machine.
    /// </summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_published_is_whole_and_a_stand_in_is_never_published_by_accident()
    {
        var output = Directory.CreateTempSubdirectory("shop-publish-");
        try
        {
            var (ended, said) = await PublishAsync(output.FullName);
            if (ended != 0)
            {
                // Only where the registry lacks PayPal's package; elsewhere this first call has published.
                said.ShouldContain("Not published");
                said.ShouldContain("PayPalServerSDK");
                (ended, said) = await PublishAsync(output.FullName, "-p:AllowStandIns=true");
                ended.ShouldBe(0, said);
            }

            string PathOf(string file) => Path.Combine(output.FullName, file);
            Functions(PathOf("functions.metadata")).ShouldBe(
            [
                .. typeof(PlaceOrder).Assembly.GetTypes().SelectMany(type => type.GetMethods())
                    .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().Order(StringComparer.Ordinal),
            ]);
            JsonNode.Parse(await File.ReadAllTextAsync(PathOf("extensions.json"), Stop))!["extensions"]!.AsArray()
                .ShouldContain(extension => extension!["name"]!.GetValue<string>() == "AzureStorageQueues");
            var worker = JsonNode.Parse(await File.ReadAllTextAsync(PathOf("worker.config.json"), Stop))!["description"]!;
            worker["defaultWorkerPath"]!.GetValue<string>().ShouldBe("Shop.Functions.dll");
            File.Exists(PathOf("Shop.Functions.dll")).ShouldBeTrue();
            (await File.ReadAllTextAsync(PathOf("host.json"), Stop)).ShouldBe(RepositoryFiles.Read("host.json"));
            Directory.GetFiles(output.FullName, "local.settings*", SearchOption.AllDirectories).ShouldBeEmpty();
            await AnswersAsync(output.FullName);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    /// <summary>As a process of its own under the host's protocol: a route that needs no storage.</summary>
    private static async Task AnswersAsync(string output)
    {
        var settings = new Dictionary<string, string?>(LocalSettings.Read(LocalSettings.Sample).Values) { ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development" };
        await using var host = await FunctionHost.StartAsync(
            new FunctionHostOptions
            {
                App = new WorkerApp(output),
                Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
                HostJsonPath = Path.Combine(output, "host.json"),
                StorageConnectionString = "UseDevelopmentStorage=true",
                RunQueues = false,
                RunTimers = false,
            },
            Stop);
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync("api/openapi.json", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.AppProcessId.ShouldNotBe(Environment.ProcessId);
    }

    private static string[] Functions(string metadata) =>
    [
        .. JsonNode.Parse(File.ReadAllText(metadata))!.AsArray().Select(function => function!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal),
    ];

    private static async Task<(int Ended, string Said)> PublishAsync(string output, params string[] more)
    {
        var info = new ProcessStartInfo(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../dotnet")))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = RepositoryFiles.Root,
        };
        // What analyzers say, the build has said: publishing takes half as long without them.
        string[] arguments = ["publish", "functions", "-c", "Release", "-o", output, "-p:RunAnalyzers=false", .. more];
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        // No build server may outlive the test; what the runner told MSBuild about itself is not for another MSBuild.
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["UseSharedCompilation"] = "false";
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.Ordinal) && name != "MSBUILDDISABLENODEREUSE").ToList())
        {
            info.Environment.Remove(name);
        }

        var test = TestContext.Current.TestOutputHelper!;
        await using var alive = TimeProvider.System.CreateTimer(_ => test.WriteLine("Still publishing."), null, SignOfLife, SignOfLife);
        using var process = Process.Start(info)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, string.Concat(await said));
    }
}
