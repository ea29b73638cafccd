using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Shop.Local.Host;

namespace Shop.Local.Tests.Host;

/// <summary>Starts a function host for one test with one of the function classes beside it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly string _folder;

    private TestHost(string folder, FunctionHost host)
    {
        _folder = folder;
        Host = host;
        Http = new HttpClient { BaseAddress = host.Address };
    }

    public FunctionHost Host { get; }

    public HttpClient Http { get; }

    public static Task<TestHost> StartAsync<TFunctions>(Setup? setup = null) => StartAsync([typeof(TFunctions)], setup);

    public static async Task<TestHost> StartAsync(Type[] classes, Setup? setup = null)
    {
        setup ??= new Setup();
        var folder = Directory.CreateTempSubdirectory("shop-host-").FullName;
        var hostJson = Path.Combine(folder, "host.json");
        await File.WriteAllTextAsync(hostJson, setup.HostJson, TestContext.Current.CancellationToken);
        var options = new FunctionHostOptions
        {
            App = new InProcessApp(Generated, (builder, addWeb) => { addWeb(); setup.Configure(builder); }) { Classes = name => classes.Any(one => one.FullName == name), Override = setup.Override },
            Configuration = new ConfigurationBuilder().AddInMemoryCollection(setup.Settings).Build(),
            HostJsonPath = hostJson,
            StorageConnectionString = setup.Storage,
            RunQueues = setup.RunQueues,
            RunTimers = setup.RunTimers,
            Clock = setup.Clock,
            FrontEndClock = setup.FrontEndClock,
            Jitter = setup.Jitter,
            ConfigureQueueClient = setup.ConfigureQueueClient,
            CorsOrigins = setup.CorsOrigins,
            MessageInvisibility = setup.MessageInvisibility,
            TimerStatusPath = setup.TimerStatusPath,
            ShutdownGrace = setup.ShutdownGrace,
        };
        try
        {
            return new TestHost(folder, await FunctionHost.StartAsync(options, TestContext.Current.CancellationToken));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Registers what the Functions SDK generated for the functions of this assembly.</summary>
    public static void Generated(IHostBuilder host)
    {
        WorkerHostBuilderFunctionMetadataProviderExtension.ConfigureGeneratedFunctionMetadataProvider(host);
        FunctionExecutorHostBuilderExtensions.ConfigureGeneratedFunctionExecutor(host);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public sealed record Setup
    {
        public string HostJson { get; init; } = """{ "version": "2.0" }""";

        public Action<IFunctionsWorkerApplicationBuilder> Configure { get; init; } = _ => { };

        public Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? Override { get; init; }

        public Dictionary<string, string?> Settings { get; init; } = [];

        public string? Storage { get; init; } = "UseDevelopmentStorage=true";

        public bool RunQueues { get; init; }

        public bool RunTimers { get; init; }

        public TimeProvider Clock { get; init; } = TimeProvider.System;

        public TimeProvider FrontEndClock { get; init; } = TimeProvider.System;

        public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

        public Action<Azure.Storage.Queues.QueueClientOptions>? ConfigureQueueClient { get; init; }

        public string[] CorsOrigins { get; init; } = [];

        public TimeSpan MessageInvisibility { get; init; } = TimeSpan.FromMinutes(10);

        public string? TimerStatusPath { get; init; }

        public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(30);
    }
}
