using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Shop.Functions.Platform.Telemetry;

/// <summary>
/// Where spans and numbers of this process go: to Application Insights when <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> is set, to
/// any receiver of OpenTelemetry's protocol when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is, else nowhere, and then nothing of it is loaded.
/// </summary>
/// <remarks>
/// Logs go through the Functions host, as decision 11 has it. Were the worker to announce OpenTelemetry (<c>UseFunctionsWorkerDefaults</c>), a
/// host that uses it as well would drop the categories <c>Function.*</c> and <c>Microsoft.Azure.WebJobs.*</c>, its own words about runs and poisoned messages
/// included, and the alerts that read them would never fire again. Requests are the host's to tell as well: spans of the
/// worker's own web server would count each of them twice.
/// </remarks>
public static class TelemetryServices
{
    private const string AzureSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    private const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <exception cref="InvalidOperationException">A setting is there and leads nowhere; the message names it.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics().AddSingleton<ShopMetrics>();
        var azure = configuration[AzureSetting] is { Length: > 0 } connection ? connection : null;
        var otlp = configuration[OtlpSetting] is { Length: > 0 } endpoint ? endpoint : null;
        if (azure is not null && !azure.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"{AzureSetting} is no connection string of Application Insights.");
        if (otlp is not null && !(Uri.TryCreate(otlp, UriKind.Absolute, out var receiver) && receiver.Scheme is "http" or "https"))
            throw new InvalidOperationException($"{OtlpSetting} is no address: it is, for instance, http://127.0.0.1:4317.");
        if (azure is not null || otlp is not null) Export(services, configuration, azure, otlp is not null);
        return services;
    }

    /// <summary>What is recorded, and what of it is told.</summary>
    public static TracerProviderBuilder AddShop(this TracerProviderBuilder tracing)
    {
        // Azure's libraries call their spans experimental.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        return tracing
            .AddSource("Microsoft.Azure.Functions.Worker", QueueTraceMiddleware.Source.Name, "System.Net.Http", "Azure.Data.Tables.*", "Azure.Storage.Queues.*")
            .AddProcessor(new SpanProcessor());
    }

    private static void Export(IServiceCollection services, IConfiguration configuration, string? azure, bool otlp)
    {
        // The worker's spans by today's conventions: named after their function, and no request beside the host's.
        services.Configure<WorkerOptions>(worker => worker.Capabilities["WorkerOpenTelemetrySchemaVersion"] = "1.37.0");
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddDetector(new FunctionsResourceDetector()))
            .WithTracing(tracing =>
            {
                tracing.AddShop();
                if (otlp) tracing.AddOtlpExporter();
                if (azure is not null) tracing.AddAzureMonitorTraceExporter(options => Configure(options, azure, configuration));
                // Last, for Azure's exporter brings a sampler of its own.
                tracing.SetSampler(_ => new InvocationSampler());
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(ShopMetrics.Name);
                // What has not changed is not told again.
                if (otlp) metrics.AddOtlpExporter((_, reader) => reader.TemporalityPreference = MetricReaderTemporalityPreference.Delta);
                if (azure is not null) metrics.AddAzureMonitorMetricExporter(options => Configure(options, azure, configuration));
            });
    }

    private static void Configure(AzureMonitorExporterOptions options, string connection, IConfiguration configuration)
    {
        options.ConnectionString = connection;
        // Minute by minute, of every instance, and nobody asks for it; the platform measures the same.
        (options.EnableStandardMetrics, options.EnablePerformanceCounters, options.EnableLiveMetrics) = (false, false, false);
        if (IdentityOf(configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]) is { } clientId)
            options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
    }

    /// <returns>The client id in <c>ClientId=…;Authorization=AAD</c>, the form that the Functions host reads; null when there is none.</returns>
    private static string? IdentityOf(string? authentication) => authentication?.Split(';').Select(part => part.Split('=', 2))
        .FirstOrDefault(part => part is ["ClientId", { Length: > 0 }])?[1];
}
