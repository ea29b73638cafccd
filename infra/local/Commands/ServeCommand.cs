using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Commands;

/// <summary>
/// The shop until Ctrl+C, or, as <c>sandboxes</c>, everything but the app. The line <c>ready</c> says that requests will be answered.
/// </summary>
public static class ServeCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        if (arguments.UntilInputEnds) _ = StopWithInputAsync(stop);
        try
        {
            using var clock = new MovableClock();
            await using var shop = await LocalShop.StartAsync(Options(arguments, clock), stop.Token);
            Announce(shop, arguments.DataDirectory);
            if (clock.Ahead > TimeSpan.Zero) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clock           {clock.Ahead.TotalDays:0.#} days ahead, as it was moved (--fresh begins again)"));
            if (arguments.Command == "sandboxes") Console.WriteLine($"for the app     {await AppEnvironment.WriteAsync(shop, arguments.DataDirectory, stop.Token)}");
            Console.WriteLine("ready");
            await shop.StorageEnded.WaitAsync(stop.Token);
            throw new LocalSetupException("The storage emulator (Azurite) has ended, and the shop cannot run without it: start again; what was stored is kept.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl+C is how this command ends, early or late.
        }
        catch (LocalSetupException) when (stop.IsCancellationRequested)
        {
            // Ctrl+C in a terminal also reaches the programs that a start was waiting for: that they failed is no news.
        }

        Console.WriteLine("ended");
        return 0;
    }

    private static LocalShopOptions Options(Arguments arguments, MovableClock clock) => new()
    {
        Ports = arguments.Ports,
        WithoutApp = arguments.Command == "sandboxes",
        DataDirectory = arguments.DataDirectory,
        Fresh = arguments.Fresh,
        SettingsFile = arguments.SettingsFile,
        Clock = clock,
        Progress = Console.WriteLine,
        Logging = logging => logging
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            })
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Shop", LogLevel.Information),
    };

    private static void Announce(LocalShop shop, string data)
    {
        if (shop.Host is { } host)
        {
            Console.WriteLine($"storefront      {host.Address}");
            foreach (var desk in (string[])["warehouse", "finance", "operations", "privacy"]) Console.WriteLine($"{$"{desk} desk",-15} {host.Address}desks#/{desk}");
            Console.WriteLine($"API             {host.Address.ToString().TrimEnd('/')}/api");
        }

        if (shop.SignIn is not null) Console.WriteLine($"sign-in         {shop.SignIn.Address}");
        if (shop.Stripe is not null) Console.WriteLine($"Stripe sandbox  {shop.Stripe.Address}");
        if (shop.PayPal is not null) Console.WriteLine($"PayPal sandbox  {shop.PayPal.Address}");
        if (shop.MailPage is not null) Console.WriteLine($"mail            {shop.MailPage.Address}");
        if (shop.Newsletter is not null) Console.WriteLine($"newsletter      {shop.Newsletter.Address}");
        if (shop.Carrier is not null) Console.WriteLine($"carrier         {shop.Carrier.Address}");
        Console.WriteLine($"settings        {shop.Settings.Path}");
        Console.WriteLine($"data            {data}");
    }

    private static async Task StopWithInputAsync(CancellationTokenSource stop)
    {
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[256]) > 0)
        {
            // Only the end counts.
        }

        try
        {
            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The shop ended first.
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        // Ending is ours: everything that was started is ended first.
        signal.Cancel = true;
        stop.Cancel();
    }
}
