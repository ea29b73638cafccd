using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Functions.Platform.DeadLetters;

namespace Shop.Functions.Platform.Storage;

/// <summary>
/// Builds the storage clients from <c>AzureWebJobsStorage</c> (a connection string, on one machine) or from the addresses
/// <c>AzureWebJobsStorage__tableServiceUri</c> and <c>__queueServiceUri</c>, which differ from cloud to cloud, and the
/// app's identity <c>__clientId</c> (in Azure). The Functions host reads the same settings.
/// </summary>
[Discloses(
    "Microsoft", "to keep accounts, orders and messages on their way (Azure Storage)",
    DataClass.Operational, DataClass.Identity, DataClass.Contact, DataClass.Delivery, DataClass.OrderFiscal, DataClass.PaymentReference, DataClass.Consent,
    DataClass.Note, DataClass.Staff)]
[Discloses("Microsoft", "to run the shop and find out what went wrong (Azure Functions, Azure Monitor)", DataClass.Operational)]
public static class StorageClients
{
    /// <summary>The name of the HTTP client under both storage clients: where tests put counters and faults.</summary>
    public const string HttpClientName = "storage";

    /// <summary>
    /// The key of queue clients that hand out messages as they are stored. The host sets aside a message that is not Base64 just
    /// as it came, and a client that decodes fails for the whole batch that it is in.
    /// </summary>
    public const string AsTheyAre = "messages as they are stored";

    private const string Setting = "AzureWebJobsStorage";

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration[Setting];
        var tables = configuration[$"{Setting}:tableServiceUri"];
        var queues = configuration[$"{Setting}:queueServiceUri"];
        var hasConnectionString = !string.IsNullOrWhiteSpace(connectionString);
        if (!hasConnectionString && (string.IsNullOrWhiteSpace(tables) || string.IsNullOrWhiteSpace(queues)))
            throw new InvalidOperationException($"Set {Setting} (a connection string), or {Setting}__tableServiceUri and {Setting}__queueServiceUri (addresses, used with the app's identity).");

        if (hasConnectionString && VaultReference.IsUnresolved(connectionString!)) throw new InvalidOperationException($"{Setting} is a reference to the vault that leads nowhere.");
        if (hasConnectionString && !Deployment.IsLocal(configuration) && IsEmulator(connectionString!))
            throw new InvalidOperationException($"{Setting} is the storage emulator's, whose key everybody knows: set {Setting}__tableServiceUri and {Setting}__queueServiceUri.");

        // Azure.Core has a timeout, retries and a log of its own, and it must see redirects rather than follow them.
        services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                MaxConnectionsPerServer = 64,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.TryAddSingleton<HttpPipelineTransport>(provider =>
            new HttpClientTransport(provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));

        services.TryAddSingleton(provider =>
        {
            var options = new TableClientOptions { Transport = provider.GetRequiredService<HttpPipelineTransport>() };
            return hasConnectionString
                ? new TableServiceClient(connectionString, options)
                : new TableServiceClient(new Uri(tables!), Credential(configuration), options);
        });
        // host.json says base64 for the receiving side.
        services.TryAddSingleton(provider => Queues(provider, QueueMessageEncoding.Base64));
        services.TryAddKeyedSingleton(AsTheyAre, (provider, _) => Queues(provider, QueueMessageEncoding.None));
        services.TryAddSingleton<RetentionSchedule>();
        services.TryAddSingleton<EmailQueue>();
        services.TryAddSingleton<DeadLetterStore>();
        services.TryAddSingleton<PoisonQueues>();
        return services;

        QueueServiceClient Queues(IServiceProvider provider, QueueMessageEncoding encoding)
        {
            var options = new QueueClientOptions { Transport = provider.GetRequiredService<HttpPipelineTransport>(), MessageEncoding = encoding };
            return hasConnectionString
                ? new QueueServiceClient(connectionString, options)
                : new QueueServiceClient(new Uri(queues!), Credential(configuration), options);
        }
    }

    private static bool IsEmulator(string connectionString) =>
        connectionString.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase) || connectionString.Contains("AccountName=devstoreaccount1", StringComparison.OrdinalIgnoreCase);

    /// <summary>In Azure the managed identity of that client id; on a person's machine, who is signed in there.</summary>
    private static DefaultAzureCredential Credential(IConfiguration configuration) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration[$"{Setting}:clientId"] });
}
