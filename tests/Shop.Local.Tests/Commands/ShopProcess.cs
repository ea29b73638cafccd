using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Local.Storage;

namespace Shop.Local.Tests.Commands;

/// <summary>The built command in a process of its own, as a terminal would run it, on ports of its own.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];

    private ShopProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string[] Output
    {
        get { lock (_output) return [.. _output]; }
    }

    public string[] Errors
    {
        get { lock (_errors) return [.. _errors]; }
    }

    public string Said => string.Join('\n', [.. Output, .. Errors]);

    public bool IsOver => _process.HasExited;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="arguments">The command line.</param>
    /// <param name="path">The only place where it finds programs; null for the usual ones.</param>
    public static ShopProcess Start(IEnumerable<string> arguments, string? path = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Shop.Local.exe" : "Shop.Local");
        // setsid makes it the head of a process group, which keeps its process id.
        var info = new ProcessStartInfo(File.Exists("/usr/bin/setsid") ? "/usr/bin/setsid" : program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (info.FileName != program) info.ArgumentList.Add(program);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        info.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        // These live for seconds: counting for optimised code would not pay. The app's own process inherits it.
        info.Environment["DOTNET_TieredPGO"] = "0";
        if (path is not null) info.Environment["PATH"] = path;
        return new ShopProcess(Process.Start(info)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        var exitCode = await process.EndAsync();
        return (exitCode, process.Output, process.Errors);
    }

    public Task ReadyAsync() => UntilAsync(() => Output.Contains("ready"));

    /// <summary>Waits for what the process does; fails with all it has said when it ends or takes too long instead.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            IsOver.ShouldBeFalse(Said);
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(LongestWait, Said);
            await Task.Delay(Pause, TimeProvider.System, Stop);
        }
    }

    /// <param name="name"><c>INT</c>, <c>TERM</c> or <c>KILL</c>.</param>
    /// <param name="wholeGroup">Whether everything that it started without a session of its own gets it too.</param>
    public async Task SignalAsync(string name, bool wholeGroup = false)
    {
        var target = (wholeGroup ? "-" : "") + _process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("/bin/kill", ["-s", name, "--", target]);
        await kill.WaitForExitAsync(Stop);
    }

    /// <summary>Waits for the end, and for the end of everything that could still write where this process wrote.</summary>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(Stop).WaitAsync(LongestWait, TimeProvider.System, Stop);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Still running after {LongestWait.TotalSeconds:0} s:\n{Said}");
        }

        return _process.ExitCode;
    }

    public async Task KilledAsync()
    {
        while (!IsOver) await Task.Delay(Pause, TimeProvider.System, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Asked, the shop waits for the emulator; killed, it would leave it behind, still writing into a folder that the test deletes.
            if (!IsOver) await SignalAsync("TERM");
            await EndAsync();
        }
        finally
        {
            if (!IsOver) _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }

    private static void Add(List<string> lines, string? line)
    {
        if (line is null) return;
        lock (lines) lines.Add(line);
    }
}

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

    private IEnumerable<int> Used => [.. Enumerable.Range(First, 8), .. Enumerable.Range(Storage, 3)];

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

/// <summary>Settings files like the sample, with some values changed; tests never read a developer's own.</summary>
internal static class SampleSettings
{
    public static string File => LocalSettings.Sample;

    /// <param name="folder">Where to write it.</param>
    /// <param name="changes">Values by their names in the file; null leaves one out.</param>
    public static string With(TemporaryDirectory folder, params (string Name, string? Value)[] changes)
    {
        var settings = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        foreach (var (name, value) in changes)
        {
            if (value is null) settings["Values"]!.AsObject().Remove(name).ShouldBeTrue($"The sample has no {name}.");
            else settings["Values"]![name] = value;
        }

        var file = Path.Combine(folder.Path, "settings.json");
        System.IO.File.WriteAllText(file, settings.ToJsonString());
        return file;
    }
}
