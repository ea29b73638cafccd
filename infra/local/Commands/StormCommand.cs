using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Shop.Local.Storm;

namespace Shop.Local.Commands;

/// <summary>Customers, misbehaving providers and great faults on a shop of its own, and then the books: exit code 1 on anything that is wrong.</summary>
public static class StormCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        var folder = arguments.Data is null ? Directory.CreateTempSubdirectory("shop-storm-").FullName : arguments.DataDirectory;
        var options = StormOptions.Of(
            arguments.Orders,
            arguments.Minutes,
            arguments.Seed ?? RandomNumberGenerator.GetInt32(1, 1_000_000),
            arguments.Kills,
            arguments.Faults,
            arguments.PortBase ?? StormShop.FreeRow(),
            folder,
            arguments.SettingsFile);
        try
        {
            var wrong = await new StormRun(options, StormConsole.Own()).RunAsync(stop.Token);
            foreach (var line in wrong) await Console.Error.WriteLineAsync($"NOT as it should be: {line}");
            if (wrong.Count > 0) return Failed(options);
            if (arguments.Data is null) Directory.Delete(folder, recursive: true);
            Console.WriteLine("Every order agrees with the providers' books, the stock adds up, and no invoice is missing.");
            return 0;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        catch (StormFailedException failure)
        {
            await Console.Error.WriteLineAsync($"NOT as it should be: {failure.Message}");
            return Failed(options);
        }
    }

    private static int Failed(StormOptions options)
    {
        Console.Error.WriteLine($"The same again: {options.Line}. What is left of it: {options.Folder}");
        return 1;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
