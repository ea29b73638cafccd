using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Functions.Newsletter.VerticalResponse;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform.Storage;
using Shop.Local;
using Shop.Local.Carriers;
using Shop.Local.Host;
using Shop.Local.Mail;
using Shop.Local.Newsletter;
using Shop.Local.PayPal;
using Shop.Local.SignIn;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>
/// The real app, storage emulator, sign-in and payment sandboxes, driven by hand: webhooks are delivered and queues are
/// worked off when a test says so, on a clock that only a test moves.
/// </summary>
public sealed class RunningShop : IAsyncDisposable
{
    private readonly LocalShop _shop;
    private readonly List<HttpClient> _clients = [];

    private RunningShop(LocalShop shop, ManualClock clock, CallMeter calls, LogBook log) => (_shop, Clock, Calls, Log) = (shop, clock, calls, log);

    public FunctionHost Host => _shop.Host;

    public StripeSandbox Stripe => _shop.Stripe!;

    public PayPalSandbox PayPal => _shop.PayPal!;

    public MailSink Mail => _shop.Mail!;

    public MailPage MailPage => _shop.MailPage!;

    public CarrierSandbox Carrier => _shop.Carrier!;

    public MailingProvider Newsletter => _shop.Newsletter!;

    /// <summary>Every call of the app to storage, Stripe, PayPal or the mailing provider, and of the host's queue triggers to storage.</summary>
    public CallMeter Calls { get; }

    public LogBook Log { get; }

    /// <summary>Issues tokens, sound or not.</summary>
    public SignInAuthority SignIn => _shop.SignIn!;

    internal ManualClock Clock { get; }

    public string StorageConnectionString => _shop.StorageConnectionString;

    public static async Task<RunningShop> StartAsync(
        StorageEmulator emulator, IReadOnlyDictionary<string, string?>? settings = null, string? storage = null, LogLevel log = LogLevel.Information)
    {
        // Tokens and storage signatures are checked against the machine's time, so the clock starts there.
        var clock = new ManualClock(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        var calls = new CallMeter();
        var book = new LogBook(log);
        var options = new LocalShopOptions
        {
            Ports = LocalPorts.Free,
            // Never a developer's own, which may name real accounts.
            SettingsFile = LocalSettings.Sample,
            StorageConnectionString = storage ?? emulator.NewAccount(),
            Automatic = false,
            Clock = clock,
            Seed = 1,
            Logging = logging =>
            {
                logging.Services.AddSingleton<ILoggerProvider>(book);
                if (log < LogLevel.Information) logging.SetMinimumLevel(log).AddFilter<LogBook>(category: null, log);
            },
            Settings = Settings(settings),
            ConfigureQueueClient = queue => queue.Transport = new HttpClientTransport(new HttpClient(Over(calls.HostHandler(), new SocketsHttpHandler()))),
        };
        var shop = await LocalShop.StartAsync(options.InThisProcess(services => Meter(services, calls)), TestContext.Current.CancellationToken);
        // A planned crash ends the app's process; the next run of a function finds a new one.
        shop.Host.InvocationFinished += _ => calls.Restart();
        return new(shop, clock, calls, book);
    }

    /// <summary>A client that is signed in as this person, with these app roles.</summary>
    public HttpClient As(string email, params string[] roles)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _shop.SignIn!.IssueToken(email, roles));
        return client;
    }

    public HttpClient Anonymous()
    {
        var client = new HttpClient { BaseAddress = Host.Address };
        _clients.Add(client);
        return client;
    }

    /// <summary>A client whose account is open.</summary>
    public async Task<HttpClient> Customer(string email = "ada@example.com")
    {
        var client = As(email);
        var opened = await client.PostAsJsonAsync("api/account", new { name = "Ada Lovelace" }, TestContext.Current.CancellationToken);
        // Somebody who has changed their details since has an account all the same.
        if (opened.StatusCode != HttpStatusCode.Conflict) opened.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Delivers what waits and works off the queues, until nothing moves any more.</summary>
    public async Task SettleAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        int moved;
        do
        {
            moved = (await Stripe.DeliverAsync(cancellation)).Count;
            if (_shop.PayPal is not null) moved += (await PayPal.DeliverAsync(cancellation)).Count;
            if (_shop.Carrier is not null) moved += (await Carrier.DeliverAsync(cancellation)).Count;
            moved += await Host.DrainQueuesAsync(cancellation);
        }
        while (moved > 0);
    }

    /// <summary>The message "look at this order" arrives now, whatever its delay.</summary>
    public Task LookAtAsync(string orderId) =>
        Host.InvokeAsync("AdvanceOrder", new JsonObject { ["orderId"] = orderId, ["why"] = "test" }.ToJsonString(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _shop.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(IReadOnlyDictionary<string, string?>? given)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storefront:Origins:0"] = "https://shop.example",
            // A message that failed is seen again at once, so that nobody waits.
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00",
        };
        foreach (var (name, value) in given ?? new Dictionary<string, string?>()) settings[name] = value;
        return settings;
    }

    private static void Meter(IServiceCollection services, CallMeter calls)
    {
        foreach (var client in new[] { StorageClients.HttpClientName, StripePayments.HttpClientName, PayPalConnection.HttpClientName, VerticalResponseList.HttpClientName })
            services.AddHttpClient(client).AddHttpMessageHandler(calls.Handler);
    }

    private static DelegatingHandler Over(DelegatingHandler outer, HttpMessageHandler inner)
    {
        outer.InnerHandler = inner;
        return outer;
    }
}
