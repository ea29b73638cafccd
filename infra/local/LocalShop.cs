using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Platform.Links;
using Shop.Local.Carriers;
using Shop.Local.Host;
using Shop.Local.Mail;
using Shop.Local.Newsletter;
using Shop.Local.Pages;
using Shop.Local.PayPal;
using Shop.Local.Sandboxes;
using Shop.Local.SignIn;
using Shop.Local.Storage;
using Shop.Local.Stripe;

namespace Shop.Local;

/// <summary>The whole shop on one machine: storage, sign-in, the payment sandboxes, and the app under a function host.</summary>
public sealed class LocalShop : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private LocalShop() { }

    /// <summary>Null where somebody else runs the app (<see cref="LocalShopOptions.WithoutApp"/>).</summary>
    public FunctionHost Host { get; private set; } = null!;

    /// <summary>What the app is told: the settings file's values, and in place of some of them what is so on this machine.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Null when the settings name a real tenant.</summary>
    public SignInAuthority? SignIn { get; private set; }

    /// <summary>Null when the settings name Stripe itself.</summary>
    public StripeSandbox? Stripe { get; private set; }

    /// <summary>Null when the settings name PayPal itself.</summary>
    public PayPalSandbox? PayPal { get; private set; }

    /// <summary>Null when the settings name a mail server elsewhere.</summary>
    public MailSink? Mail { get; private set; }

    public MailPage? MailPage { get; private set; }

    /// <summary>Null when the settings name the mailing provider itself.</summary>
    public MailingProvider? Newsletter { get; private set; }

    /// <summary>Null when the settings name carriers elsewhere only, or none.</summary>
    public CarrierSandbox? Carrier { get; private set; }

    public string StorageConnectionString { get; private set; } = "";

    /// <summary>Completes when the shop's own storage emulator has ended; never where storage is somebody else's.</summary>
    public Task StorageEnded { get; private set; } = new TaskCompletionSource().Task;

    /// <summary>Where the settings came from.</summary>
    public LocalSettings Settings { get; private set; } = null!;

    /// <summary>Starts everything; it runs until it is disposed.</summary>
    /// <exception cref="LocalSetupException">Something on this machine is in the way; the message says what to do.</exception>
    public static async Task<LocalShop> StartAsync(LocalShopOptions options, CancellationToken cancellationToken)
    {
        var shop = new LocalShop { Settings = LocalSettings.Read(options.SettingsFile) };
        try
        {
            await shop.StartPartsAsync(options, cancellationToken);
            return shop;
        }
        catch (Exception exception)
        {
            await shop.DisposeAsync();
            if (StartFailure.Explain(exception, shop.Settings.Path) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>Ends what was started, last things first.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
    }

    private async Task StartPartsAsync(LocalShopOptions options, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string?>(Settings.Values);
        if (!options.InProcess) AppSettings.Check(values, options.Settings);
        var clock = options.Clock as MovableClock;
        var clockFile = clock?.Share(ClockFile(options));
        await StartStorageAsync(options, values, clockFile, cancellationToken);
        // Only now is it certain that the data is no running shop's.
        if (options.Fresh) clock?.StartAgain();
        await StartSignInAsync(options, values, cancellationToken);
        await StartStripeAsync(options, values, cancellationToken);
        await StartPayPalAsync(options, values, cancellationToken);
        await StartMailAsync(options, values, cancellationToken);
        await StartNewsletterAsync(options, values, cancellationToken);
        await StartCarrierAsync(options, values, cancellationToken);
        if (options.WithoutApp) AppSettings.LeadHere(values, options.Ports.Api);
        foreach (var (name, value) in options.Settings) values[name] = value;
        Values = values;
        if (!options.WithoutApp) await StartAppAsync(options, values, cancellationToken);
        var api = options.WithoutApp ? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Ports.Api}")) : Host.Address;
        if (Stripe is not null) Stripe.WebhookUrl = new Uri(api, "/api/webhooks/stripe");
        if (PayPal is not null) PayPal.WebhookUrl = new Uri(api, "/api/webhooks/paypal");
        if (Carrier is not null) Carrier.WebhookUrl = new Uri(api, $"/api/webhooks/carriers/{Carrier.Code}");
    }

    private async Task StartAppAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        // The app's process is told its settings when it starts, so its own address must be known by then.
        if (!options.InProcess)
        {
            options = options with { Ports = options.Ports with { Api = LocalPorts.Pick(options.Ports.Api) } };
            AppSettings.Add(values, options);
        }

        await PageFiles.PrepareAsync(options, cancellationToken);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        Host = Keep(await Listening("API", options.Ports.Api, () => FunctionHost.StartAsync(HostOptions(options, configuration), cancellationToken)));
        if (options.InProcess) TellAddress();
    }

    private async Task StartStorageAsync(LocalShopOptions options, Dictionary<string, string?> values, string? clockFile, CancellationToken cancellationToken)
    {
        var storage = Keep(await ShopStorage.StartAsync(
            options, values.GetValueOrDefault("AzureWebJobsStorage"), StorageOptions(options, clockFile), Settings.Path, cancellationToken));
        (StorageConnectionString, StorageEnded) = (storage.ConnectionString, storage.Ended);
        values["AzureWebJobsStorage"] = StorageConnectionString;
    }

    private async Task StartSignInAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (!Settings.IsLocal("AzureAd:Instance")) return;
        SignIn = Keep(await Listening("sign-in", options.Ports.SignIn, () => SignInAuthority.StartAsync(
            new SignInOptions
            {
                Port = options.Ports.SignIn,
                TenantId = Given(values, "AzureAd:TenantId"),
                ClientId = Given(values, "AzureAd:ClientId"),
                DataDirectory = Folder(options, "sign-in"),
                RedirectOrigins = [.. Settings.CorsOrigins.Select(origin => new Uri(origin))],
            },
            cancellationToken)));
        values["AzureAd:Instance"] = SignIn.Address.ToString();
        // Microsoft.Identity.Web asks the authority for its issuer over https only, whatever RequireHttpsMetadata says; a known one it does not ask about.
        values["AzureAd:TokenValidationParameters:ValidIssuer"] = SignIn.Issuer;
    }

    private async Task StartStripeAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (!Settings.IsLocal("Stripe:ApiBase")) return;
        var sandbox = options.ConfigureStripe(new StripeSandboxOptions
        {
            Port = options.Ports.Stripe,
            ApiKeys = [Given(values, "Stripe:ApiKey")],
            WebhookSecrets = Listed(values, "Stripe:WebhookSecrets"),
            DataDirectory = Folder(options, "stripe"),
            Mode = options.Automatic ? SandboxMode.Automatic : SandboxMode.Manual,
            TimeProvider = options.Clock,
            Seed = options.Seed,
        });
        Stripe = Keep(await Listening("Stripe sandbox", options.Ports.Stripe, () => StripeSandbox.StartAsync(sandbox, cancellationToken)));
        values["Stripe:ApiBase"] = Stripe.Address.ToString().TrimEnd('/');
    }

    private async Task StartPayPalAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (!Settings.IsLocal("PayPal:ApiBase")) return;
        var sandbox = options.ConfigurePayPal(new PayPalSandboxOptions
        {
            Port = options.Ports.PayPal,
            ClientId = Given(values, "PayPal:ClientId"),
            ClientSecret = Given(values, "PayPal:ClientSecret"),
            WebhookIds = Listed(values, "PayPal:WebhookIds"),
            DataDirectory = Folder(options, "paypal"),
            Mode = options.Automatic ? SandboxMode.Automatic : SandboxMode.Manual,
            TimeProvider = options.Clock,
            Seed = options.Seed,
        });
        PayPal = Keep(await Listening("PayPal sandbox", options.Ports.PayPal, () => PayPalSandbox.StartAsync(sandbox, cancellationToken)));
        values["PayPal:ApiBase"] = PayPal.Address.ToString().TrimEnd('/');
        // The app believes this root besides none: its key does not outlive the sandbox.
        values["PayPal:SandboxRootCertificate"] = PayPal.RootCertificate;
    }

    private async Task StartMailAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (values.GetValueOrDefault("Mail:Host") is not ("127.0.0.1" or "localhost")) return;
        Mail = Keep(await Listening("mail server", options.Ports.Mail, () => MailSink.StartAsync(options.Ports.Mail, options.Clock)));
        MailPage = Keep(await Listening("mail page", options.Ports.MailPage, () => MailPage.StartAsync(options.Ports.MailPage, Mail, cancellationToken)));
        values["Mail:Port"] = Mail.Port.ToString(CultureInfo.InvariantCulture);
        values["Mail:LocalRootCertificate"] = Mail.RootCertificate;
    }

    private async Task StartNewsletterAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (!Settings.IsLocal("Newsletter:ApiBase")) return;
        Newsletter = Keep(await Listening("mailing provider", options.Ports.Newsletter, () => MailingProvider.StartAsync(
            options.Ports.Newsletter, Given(values, "Newsletter:ApiKey"), Given(values, "Newsletter:ListId"), Folder(options, "newsletter"), cancellationToken)));
        values["Newsletter:ApiBase"] = Newsletter.Address.ToString().TrimEnd('/');
    }

    /// <summary>For the carrier whose page about a parcel is on this machine.</summary>
    private async Task StartCarrierAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (values.Keys.FirstOrDefault(name => name.StartsWith("Carriers:", StringComparison.Ordinal) && name.EndsWith(":TrackingUrl", StringComparison.Ordinal) && Settings.IsLocal(name)) is not { } page) return;
        var code = page.Split(':')[1];
        var sandbox = new CarrierSandboxOptions
        {
            Port = options.Ports.Carrier,
            Code = code,
            WebhookSecrets = Listed(values, $"Carriers:{code}:WebhookSecrets"),
            DataDirectory = Folder(options, "carrier"),
            Mode = options.Automatic ? SandboxMode.Automatic : SandboxMode.Manual,
            TimeProvider = options.Clock,
            Seed = options.Seed,
        };
        Carrier = Keep(await Listening("carrier sandbox", options.Ports.Carrier, () => CarrierSandbox.StartAsync(sandbox, cancellationToken)));
        values[page] = $"{Carrier.Address}track/{{number}}";
    }

    private FunctionHostOptions HostOptions(LocalShopOptions options, IConfiguration configuration) => new()
    {
        App = options.InProcess ? InThisProcess(options, configuration) : new WorkerApp(LocalSettings.AppFolder),
        Configuration = configuration,
        HostJsonPath = Path.Combine(LocalSettings.RepositoryRoot, "host.json"),
        Port = options.Ports.Api,
        StorageConnectionString = StorageConnectionString,
        ConfigureQueueClient = options.ConfigureQueueClient,
        RunQueues = options.Automatic,
        RunTimers = options.Automatic && options.Timers,
        TimerStatusPath = options.DataDirectory is { } data ? Path.Combine(data, "timers.json") : null,
        CorsOrigins = Settings.CorsOrigins,
        MapMore = endpoints =>
        {
            PageFiles.Map(endpoints, PageSettings.Of(configuration, Stripe?.Address, PayPal?.Address, MailPage?.Address));
            (options.Clock as MovableClock)?.Map(endpoints);
        },
        Clock = options.Clock,
        Logging = options.Logging,
        // A killed shop leaves its messages hidden this long; ten minutes, as in Azure, would look like a lost webhook.
        MessageInvisibility = TimeSpan.FromSeconds(20),
    };

    private static InProcessApp InThisProcess(LocalShopOptions options, IConfiguration configuration) =>
        new(typeof(ShopApplication).Assembly, builder => builder.AddShop(configuration))
        {
            Override = services =>
            {
                services.AddSingleton(options.Clock);
                options.Override?.Invoke(services);
            },
        };

    /// <summary>
    /// Customers may be sent back to the storefront that is served here, besides those in the settings, and links in mails lead
    /// here. The port is known only once the host listens, and the app's settings are read and checked before that.
    /// </summary>
    private void TellAddress()
    {
        Host.Services.GetRequiredService<IOptions<LinkOptions>>().Value.Address = Host.Address.ToString();
        var origins = Host.Services.GetRequiredService<IOptions<StorefrontOptions>>().Value.Origins;
        foreach (var name in (string[])[Host.Address.Host, "localhost"]) origins.Add($"{Host.Address.Scheme}://{name}:{Host.Address.Port}");
    }

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

    /// <summary>Where a setting is missing, the sandbox starts all the same: the app then says which one, better than a sandbox could.</summary>
    private static string Given(Dictionary<string, string?> values, string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : "missing";

    private static string[] Listed(Dictionary<string, string?> values, string name) =>
        [.. values.Where(value => value.Key.StartsWith($"{name}:", StringComparison.Ordinal)).Select(value => value.Value!)];

    private static string? ClockFile(LocalShopOptions options)
    {
        if (options.DataDirectory is not { } data) return null;
        Directory.CreateDirectory(data);
        return Path.Combine(data, "clock");
    }

    private static string? Folder(LocalShopOptions options, string part)
    {
        if (options.DataDirectory is not { } data) return null;
        var folder = Path.Combine(data, part);
        // The emulator clears its own folder, once an earlier one has let go of it.
        if (options.Fresh && part != "storage" && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static async Task<T> Listening<T>(string what, int port, Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (Exception exception) when (exception is AddressInUseException || exception.InnerException is AddressInUseException or SocketException || exception is SocketException)
        {
            throw new LocalSetupException($"The {what} cannot listen on port {port} ({exception.Message}): end what uses it, or move all ports with --port-base N.");
        }
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
