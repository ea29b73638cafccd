using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Shop.Local.Carriers;
using Shop.Local.Host;
using Shop.Local.Mail;
using Shop.Local.Newsletter;
using Shop.Local.PayPal;
using Shop.Local.SignIn;
using Shop.Local.Stripe;
using Shop.Local.Telemetry;

namespace Shop.Local;

/// <summary>The whole shop on one machine: storage, sign-in, the payment sandboxes, and the app under a function host.</summary>
public sealed partial class LocalShop : IAsyncDisposable
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

    /// <summary>Null unless <see cref="LocalShopOptions.Telemetry"/> asks for it, and when the settings name another receiver.</summary>
    public TelemetryReceiver? Telemetry { get; private set; }

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
        // The app takes whatever does not say so for a deployment, and refuses the sample's secrets there.
        var values = new Dictionary<string, string?>(Settings.Values) { ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development" };
        if (options.App is null) AppSettings.Check(values, options.Settings);
        var clock = options.Clock as MovableClock;
        var clockFile = clock?.Share(ClockFile(options));
        await StartStorageAsync(options, values, clockFile, cancellationToken);
        // Only now is it certain that the data is no running shop's.
        if (options.Fresh)
        {
            clock?.StartAgain();
            if (TimerFile(options) is { } timers) File.Delete(timers);
        }

        await StartSignInAsync(options, values, cancellationToken);
        await StartStripeAsync(options, values, cancellationToken);
        await StartPayPalAsync(options, values, cancellationToken);
        await StartMailAsync(options, values, cancellationToken);
        await StartNewsletterAsync(options, values, cancellationToken);
        await StartCarrierAsync(options, values, cancellationToken);
        if (options.WithoutApp)
        {
            AppSettings.ShareClock(values, options);
            AppSettings.LeadHere(values, options.Ports.Api);
        }

        foreach (var (name, value) in options.Settings) values[name] = value;
        Values = values;
        if (!options.WithoutApp) await StartAppAsync(options, values, cancellationToken);
        var api = options.WithoutApp ? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Ports.Api}")) : Host.Address;
        if (Stripe is not null) Stripe.WebhookUrl = new Uri(api, "/api/webhooks/stripe");
        if (PayPal is not null) PayPal.WebhookUrl = new Uri(api, "/api/webhooks/paypal");
        if (Carrier is not null) Carrier.WebhookUrl = new Uri(api, $"/api/webhooks/carriers/{Carrier.Code}");
    }

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
