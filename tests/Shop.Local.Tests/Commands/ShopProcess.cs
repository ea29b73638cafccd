using System.Diagnostics;
using System.Globalization;

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
