using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Payments;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Storage;
using Shop.InProcess;
using Shop.Local;
using Shop.Local.Host;
using Shop.Local.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// The app on the local function host, an emulator of its own in memory, and beside them the floor's storage clients:
/// the same SDK over the same kind of transport.
/// </summary>
internal sealed class MeasuredShop : IAsyncDisposable
{
    private readonly Azurite _azurite;
    private readonly DirectoryInfo? _data;
    private readonly LocalShop _shop;

    private MeasuredShop(Azurite azurite, DirectoryInfo? data, LocalShop shop, CallMeter appCalls, Gate gate, TimeSpan distance)
    {
        (_azurite, _data, _shop, AppCalls, Gate) = (azurite, data, shop, appCalls, gate);
        var transport = new HttpClientTransport(new HttpClient(Chain(FloorCalls.Handler(), Chain(new Distance(distance), Sockets()))) { Timeout = Timeout.InfiniteTimeSpan });
        Tables = new TableServiceClient(azurite.ConnectionString, new TableClientOptions { Transport = transport });
        var sameTransport = new HttpClientTransport(new HttpClient(Chain(AppCalls.Handler(), Chain(new Distance(distance), Sockets()))) { Timeout = Timeout.InfiniteTimeSpan });
        AppTables = new TableServiceClient(azurite.ConnectionString, new TableClientOptions { Transport = sameTransport });
        Queues = new QueueServiceClient(azurite.ConnectionString, new QueueClientOptions { Transport = transport, MessageEncoding = QueueMessageEncoding.Base64 });
    }

    public FunctionHost Host => _shop.Host;

    public LocalSettings Settings => _shop.Settings;

    public CallMeter AppCalls { get; }

    public CallMeter FloorCalls { get; } = new();

    /// <summary>In front of the host's polls.</summary>
    public Gate Gate { get; }

    /// <summary>A client like the app's, for what is measured without the rest of it.</summary>
    public TableServiceClient AppTables { get; }

    /// <summary>The floor's clients.</summary>
    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    /// <param name="batchSize">How many messages the host takes at once; null when it is not to poll at all.</param>
    /// <param name="newBatchThreshold">How few must be left for it to take more.</param>
    /// <param name="onDisk">In memory the emulator keeps each message by itself, and stands still for minutes while it clears away thousands of them.</param>
    /// <param name="distance">How much longer than the emulator takes each call of the app's and the floor's to storage is to take.</param>
    public static async Task<MeasuredShop> StartAsync(int? batchSize, int newBatchThreshold, bool onDisk = false, TimeSpan distance = default)
    {
        var data = onDisk ? Directory.CreateTempSubdirectory("shop-measured-") : null;
        var azurite = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = data?.FullName, Progress = Console.WriteLine }, CancellationToken.None);
        try
        {
            var calls = new CallMeter();
            var gate = new Gate();
            var options = new LocalShopOptions
            {
                Ports = LocalPorts.Free,
                StorageConnectionString = azurite.ConnectionString,
                Automatic = batchSize is not null,
                Settings = new Dictionary<string, string?>(OtherQueues())
                {
                    ["Orders:PlacedAnHour"] = "100000",
                    ["PayPal:WebhookIds:0"] = PayPalSample.WebhookId,
                    ["PayPal:SandboxRootCertificate"] = PayPalSample.RootPem,
                    ["AzureFunctionsJobHost:extensions:queues:batchSize"] = $"{batchSize ?? 16}",
                    ["AzureFunctionsJobHost:extensions:queues:newBatchThreshold"] = $"{newBatchThreshold}",
                },
                ConfigureQueueClient = queue => queue.Transport = new HttpClientTransport(
                    new HttpClient(Chain(gate.Handler(), Chain(calls.Handler(), Sockets()))) { Timeout = Timeout.InfiniteTimeSpan }),
            };

            void Meter(IServiceCollection services)
            {
                services.AddHttpClient(StorageClients.HttpClientName).AddHttpMessageHandler(calls.Handler).AddHttpMessageHandler(() => new Distance(distance));
                services.AddHttpClient(PayPalConnection.HttpClientName).AddHttpMessageHandler(() => new PayPalSample.Certificates());
            }

            return new(azurite, data, await LocalShop.StartAsync(options.InThisProcess(Meter), CancellationToken.None), calls, gate, distance);
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens an account.</summary>
    /// <param name="roles">Of who is staff as well.</param>
    /// <returns>Its id, and a token that is valid for all of a measurement.</returns>
    public async Task<(string AccountId, string Token)> CustomerAsync(string email, params string[] roles)
    {
        if (_shop.SignIn is not { } authority) throw new LocalSetupException("The benchmark signs people in itself: it needs settings that point to this machine.");
        var token = authority.IssueToken(email, roles, lifetime: TimeSpan.FromHours(6));
        using var http = new HttpClient { BaseAddress = Host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await http.PostAsJsonAsync("api/account", new { name = "Ada Lovelace" });
        response.EnsureSuccessStatusCode();
        return (JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!.GetValue<string>(), token);
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Open();
        await _shop.DisposeAsync();
        await _azurite.DisposeAsync();
        _data?.Delete(recursive: true);
    }

    /// <summary>Switches off every queue function but the one that is measured: an idle queue's polls are calls too.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> OtherQueues() =>
        from function in AccessRules.AllFunctions()
        where function.Name != nameof(ApplyPaymentEvent)
            && function.Method.GetParameters().Any(parameter => parameter.IsDefined(typeof(QueueTriggerAttribute), inherit: false))
        select KeyValuePair.Create($"AzureWebJobs.{function.Name}.Disabled", (string?)"true");

    private static SocketsHttpHandler Sockets() => new() { AllowAutoRedirect = false, MaxConnectionsPerServer = 64 };

    private static DelegatingHandler Chain(DelegatingHandler outer, HttpMessageHandler inner)
    {
        outer.InnerHandler = inner;
        return outer;
    }
}
