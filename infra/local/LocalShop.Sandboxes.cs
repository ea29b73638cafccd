using System.Globalization;
using Shop.Local.Carriers;
using Shop.Local.Mail;
using Shop.Local.Newsletter;
using Shop.Local.PayPal;
using Shop.Local.Sandboxes;
using Shop.Local.SignIn;
using Shop.Local.Stripe;

namespace Shop.Local;

/// <summary>What stands on this machine for the services outside: each only where the settings do not name the real one.</summary>
public sealed partial class LocalShop
{
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
        var sandbox = new StripeSandboxOptions
        {
            Port = options.Ports.Stripe,
            ApiKeys = [Given(values, "Stripe:ApiKey")],
            WebhookSecrets = Listed(values, "Stripe:WebhookSecrets"),
            DataDirectory = Folder(options, "stripe"),
            Mode = options.Automatic ? SandboxMode.Automatic : SandboxMode.Manual,
            TimeProvider = options.Clock,
            Seed = options.Seed,
        };
        Stripe = Keep(await Listening("Stripe sandbox", options.Ports.Stripe, () => StripeSandbox.StartAsync(sandbox, cancellationToken)));
        values["Stripe:ApiBase"] = Stripe.Address.ToString().TrimEnd('/');
    }

    private async Task StartPayPalAsync(LocalShopOptions options, Dictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (!Settings.IsLocal("PayPal:ApiBase")) return;
        var sandbox = new PayPalSandboxOptions
        {
            Port = options.Ports.PayPal,
            ClientId = Given(values, "PayPal:ClientId"),
            ClientSecret = Given(values, "PayPal:ClientSecret"),
            WebhookIds = Listed(values, "PayPal:WebhookIds"),
            DataDirectory = Folder(options, "paypal"),
            Mode = options.Automatic ? SandboxMode.Automatic : SandboxMode.Manual,
            TimeProvider = options.Clock,
            Seed = options.Seed,
        };
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

    /// <summary>Where a setting is missing, the sandbox starts all the same: the app then says which one, better than a sandbox could.</summary>
    private static string Given(Dictionary<string, string?> values, string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : "missing";

    private static string[] Listed(Dictionary<string, string?> values, string name) =>
        [.. values.Where(value => value.Key.StartsWith($"{name}:", StringComparison.Ordinal)).Select(value => value.Value!)];
}
