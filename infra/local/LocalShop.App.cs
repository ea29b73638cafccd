using Microsoft.Extensions.Configuration;
using Shop.Local.Host;
using Shop.Local.Pages;
using Shop.Local.Storage;
using Shop.Local.Telemetry;

namespace Shop.Local;

/// <summary>The app under its host, and the storage it keeps everything in.</summary>
public sealed partial class LocalShop
{
    private async Task StartStorageAsync(LocalShopOptions options, Dictionary<string, string?> values, string? clockFile, CancellationToken cancellationToken)
    {
        var storage = Keep(await ShopStorage.StartAsync(
            options, values.GetValueOrDefault("AzureWebJobsStorage"), StorageOptions(options, clockFile), Settings.Path, cancellationToken));
        (StorageConnectionString, StorageEnded) = (storage.ConnectionString, storage.Ended);
        values["AzureWebJobsStorage"] = StorageConnectionString;
    }

    private async Task StartAppAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        // The app's process is told its settings when it starts, so its own address must be known by then.
        if (options.App is null)
        {
            options = options with { Ports = options.Ports with { Api = LocalPorts.Pick(options.Ports.Api) } };
            AppSettings.Add(values, options);
            if (options.Telemetry && AppSettings.TellHere(values, options.Ports.Api)) Telemetry = Keep(new TelemetryReceiver());
        }

        await PageFiles.PrepareAsync(options, cancellationToken);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        Host = Keep(await Listening("API", options.Ports.Api, () => FunctionHost.StartAsync(HostOptions(options, configuration), cancellationToken)));
        Telemetry?.Listen(Host.Spans);
    }

    private FunctionHostOptions HostOptions(LocalShopOptions options, IConfiguration configuration) => new()
    {
        App = options.App?.Invoke(configuration) ?? new WorkerApp(LocalSettings.AppFolder),
        Configuration = configuration,
        HostJsonPath = Path.Combine(LocalSettings.RepositoryRoot, "host.json"),
        Port = options.Ports.Api,
        StorageConnectionString = StorageConnectionString,
        ConfigureQueueClient = options.ConfigureQueueClient,
        RunQueues = options.Automatic,
        RunTimers = options.Automatic && options.Timers,
        TimerStatusPath = TimerFile(options),
        CorsOrigins = Settings.CorsOrigins,
        MapMore = endpoints =>
        {
            PageFiles.Map(endpoints, PageSettings.Of(configuration, Stripe?.Address, PayPal?.Address, MailPage?.Address));
            (options.Clock as MovableClock)?.Map(endpoints);
            Telemetry?.Map(endpoints);
        },
        Clock = options.Clock,
        FrontEndClock = options.FrontEndClock,
        Logging = options.Logging,
        // A killed shop leaves its messages hidden this long; ten minutes, as in Azure, would look like a lost webhook.
        MessageInvisibility = TimeSpan.FromSeconds(20),
    };

    private static string? TimerFile(LocalShopOptions options) => options.DataDirectory is { } data ? Path.Combine(data, "timers.json") : null;

    private static AzuriteOptions StorageOptions(LocalShopOptions options, string? clockFile) => new()
    {
        DataDirectory = Folder(options, "storage"),
        Fresh = options.Fresh,
        BlobPort = options.Ports.Blob,
        QueuePort = options.Ports.Queue,
        TablePort = options.Ports.Table,
        ClockFile = clockFile,
        Progress = options.Progress,
    };
}
