using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions;
using Shop.Local.Telemetry;

namespace Shop.Local;

/// <summary>The settings that the app's own process is started with.</summary>
internal static class AppSettings
{
    /// <summary>Adds what only this machine has.</summary>
    public static void Add(Dictionary<string, string?> values, LocalShopOptions options)
    {
        ShareClock(values, options);
        LeadHere(values, options.Ports.Api);
        AcceptStorefront(values, options.Ports.Api);
    }

    /// <summary>
    /// Checks them here, before anything is started, as the app does when it starts: what its process writes when it refuses them
    /// is a stack trace, and a person at this machine wants a line.
    /// </summary>
    /// <exception cref="OptionsValidationException">One of them is missing or wrong.</exception>
    public static void Check(IReadOnlyDictionary<string, string?> values, IReadOnlyDictionary<string, string?> before)
    {
        // Without storage of its own, the shop starts one.
        var storage = new Dictionary<string, string?> { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" };
        var settings = new ConfigurationBuilder().AddInMemoryCollection(storage).AddInMemoryCollection(values).AddInMemoryCollection(before).Build();
        var services = new ServiceCollection();
        services.AddFunctionsWorkerCore().AddShop(settings);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    /// <summary>The app's time is the sandboxes', whoever starts it: what they sign is valid for minutes.</summary>
    public static void ShareClock(Dictionary<string, string?> values, LocalShopOptions options)
    {
        if (options.Clock is MovableClock clock) values["LocalClock:File"] = clock.Share();
    }

    /// <summary>Links in mails lead to the app on this port, unless the settings name another machine, such as a tunnel's.</summary>
    public static void LeadHere(Dictionary<string, string?> values, int port)
    {
        if (!Uri.TryCreate(values.GetValueOrDefault("Links:Address"), UriKind.Absolute, out var set) || set.IsLoopback)
            values["Links:Address"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
    }

    /// <summary>What the app's process tells of itself goes to this host, and soon: people look on. A receiver that the settings name stays.</summary>
    /// <returns>False when they name another one.</returns>
    public static bool TellHere(Dictionary<string, string?> values, int port)
    {
        if (!values.TryAdd("OTEL_EXPORTER_OTLP_ENDPOINT", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{TelemetryReceiver.Path}"))) return false;
        values["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        values["OTEL_BSP_SCHEDULE_DELAY"] = "500";
        values["OTEL_METRIC_EXPORT_INTERVAL"] = "2000";
        return true;
    }

    /// <summary>Customers may be sent back to the storefront that is served here, besides those in the settings.</summary>
    private static void AcceptStorefront(Dictionary<string, string?> values, int port)
    {
        var number = 0;
        foreach (var name in (string[])["127.0.0.1", "localhost"])
        {
            while (values.ContainsKey(Origin(number))) number++;
            values[Origin(number)] = string.Create(CultureInfo.InvariantCulture, $"http://{name}:{port}");
        }
    }

    private static string Origin(int number) => string.Create(CultureInfo.InvariantCulture, $"Storefront:Origins:{number}");
}
