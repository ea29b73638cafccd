using System.Globalization;
using Shop.Local.Storage;

namespace Shop.Local.Tests.Commands;

/// <summary>Thirteen ports in a row for one shop, below those that the system gives out by itself.</summary>
internal sealed record ShopPorts(int First)
{
    private const int Lowest = 20_000;
    private const int Row = 13;
    private const int Rows = 900;

    private static int _taken = Environment.ProcessId;

    public Uri Api => new($"http://127.0.0.1:{First}/");

    public Uri SignIn => new($"http://127.0.0.1:{First + 1}/");

    public Uri Stripe => new($"http://127.0.0.1:{First + 2}/");

    public Uri PayPal => new($"http://127.0.0.1:{First + 3}/");

    public int Storage => First + 10;

    public string Option => First.ToString(CultureInfo.InvariantCulture);

    public bool AreFree => Used.All(AzuritePorts.IsFree);

    /// <summary>The storage emulator's processes on these ports, by number, where the system tells.</summary>
    public IReadOnlyList<string> Emulators => !Directory.Exists("/proc") ? [] :
        [.. Directory.EnumerateDirectories("/proc").Where(process => IsEmulator(process)).Select(process => Path.GetFileName(process)!)];

    private IEnumerable<int> Used => [.. Enumerable.Range(First, 7), .. Enumerable.Range(Storage, 3)];

    public static ShopPorts Free()
    {
        while (true)
        {
            var ports = new ShopPorts(Lowest + (Interlocked.Increment(ref _taken) % Rows * Row));
            if (ports.AreFree) return ports;
        }
    }

    private bool IsEmulator(string process)
    {
        try
        {
            var words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
            var option = Array.IndexOf(words, "--blobPort");
            return option >= 0 && words[option + 1] == Storage.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No process, or gone meanwhile.
            return false;
        }
    }
}
