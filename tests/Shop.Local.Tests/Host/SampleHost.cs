using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Shop.Local.Host;

namespace Shop.Local.Tests.Host;

/// <summary>A host with the sample app, worked by hand: one for all tests of a way to call it.</summary>
public abstract class SampleHost(StorageFixture storage) : IAsyncLifetime
{
    private readonly string _hostJson = Path.GetTempFileName();

    public FunctionHost Host { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    /// <summary>The queue that the app takes messages from.</summary>
    public QueueClient Queue { get; } = new(storage.ConnectionString, $"sample-{Guid.NewGuid():N}", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public QueueClient Poison => new(storage.ConnectionString, $"{Queue.Name}-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <summary>How long clients have waited and functions have run; it stands still.</summary>
    internal ManualClock FrontEnd { get; } = new();

    internal CapturedLog Log { get; } = new();

    protected abstract FunctionApp App { get; }

    public async ValueTask InitializeAsync()
    {
        await Queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _hostJson, """{ "functionTimeout": "00:02:00", "extensions": { "queues": { "maxDequeueCount": 2 } } }""", TestContext.Current.CancellationToken);
        Host = await FunctionHost.StartAsync(
            new FunctionHostOptions
            {
                App = App,
                Configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Queue", Queue.Name), new("AzureWebJobs.SampleSwitchedOff.Disabled", "true")]).Build(),
                HostJsonPath = _hostJson,
                StorageConnectionString = storage.ConnectionString,
                RunQueues = false,
                RunTimers = false,
                FrontEndClock = FrontEnd,
                Logging = Log.AddTo,
                // Longer than any test: whoever is not ended by the protocol is seen to hang.
                ShutdownGrace = TimeSpan.FromMinutes(10),
            },
            TestContext.Current.CancellationToken);
        Http.BaseAddress = Host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        File.Delete(_hostJson);
        GC.SuppressFinalize(this);
    }
}
