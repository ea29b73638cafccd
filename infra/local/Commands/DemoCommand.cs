using System.Runtime.InteropServices;
using System.Text.Json;

namespace Shop.Local.Commands;

/// <summary>
/// The main job by itself, over HTTP only: account, order, checkout, payment, webhook, paid, two parcels, arrived; or what becomes of
/// somebody's data.
/// </summary>
public static class DemoCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var clock = new MovableClock();
        // The walk that looks for traces needs files to look into.
        var scratch = arguments is { Walk: "privacy", Data: null } ? Directory.CreateTempSubdirectory("shop-demo-") : null;
        var data = arguments.Data is null ? scratch?.FullName : arguments.DataDirectory;
        var options = new LocalShopOptions
        {
            Ports = arguments.PortBase is null ? LocalPorts.Free : arguments.Ports,
            DataDirectory = data,
            Fresh = arguments.Fresh,
            SettingsFile = arguments.SettingsFile,
            Clock = clock,
            // A clock that is moved by a year makes up for the nightly purge at once, in the middle of the walk that shows one step by step.
            Timers = arguments.Walk != "privacy",
            Progress = Console.WriteLine,
        };
        try
        {
            Console.WriteLine("Starting a shop …");
            var settings = LocalSettings.Read(arguments.SettingsFile);
            if (!settings.IsLocal("AzureAd:Instance") || !settings.IsLocal(arguments.Walk == "paypal" ? "PayPal:ApiBase" : "Stripe:ApiBase"))
                throw new LocalSetupException("The demo pays in the sandbox: it needs settings that point to this machine.");
            await using var shop = await LocalShop.StartAsync(options, stop.Token);
            var storefront = new Uri(settings.Values.First(value => value.Key.StartsWith("Storefront:Origins:", StringComparison.Ordinal)).Value!);
            await WalkAsync(arguments.Walk, shop, storefront, data, clock, stop.Token);
            return 0;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Whatever was under way when Ctrl+C came has no result.
            return 130;
        }
        catch (Exception failure) when (failure is DemoFailedException or HttpRequestException or JsonException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"NOT as it should be: {failure.Message}");
            return 1;
        }
        finally
        {
            scratch?.Delete(recursive: true);
        }
    }

    private static async Task WalkAsync(string walk, LocalShop shop, Uri storefront, string? data, MovableClock clock, CancellationToken cancellation)
    {
        var (api, signIn) = (shop.Host.Address, shop.SignIn!.Address);
        if (walk == "privacy")
        {
            if (shop is not { MailPage: { } mail, Newsletter: { } newsletter })
                throw new LocalSetupException("The demo of privacy writes mails and joins a newsletter: it needs settings that point to this machine.");
            var store = new StoreScan(shop.StorageConnectionString, data is null ? null : Path.Combine(data, "storage"));
            using var privacy = new DemoPrivacyWalk(api, signIn, storefront, mail.Address, newsletter.Address, store, Guid.NewGuid().ToString("N")[..12], Console.WriteLine);
            await privacy.RunAsync(cancellation);
            return;
        }

        // Real mail accounts have their own inboxes.
        var (steps, mails) = (new DemoSteps(Console.WriteLine), shop.Mail is { } inbox ? new DemoMails(inbox, clock) : null);
        using var payment = new DemoWalk(api, signIn, storefront, walk, steps) { Mails = mails };
        var (order, number) = await payment.RunAsync(cancellation);
        if (shop.Carrier is not { } carrier) return;
        using var delivery = new DemoDeliveryWalk(api, signIn, carrier.Address, steps) { Mails = mails };
        await delivery.RunAsync(order, number, cancellation);
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
