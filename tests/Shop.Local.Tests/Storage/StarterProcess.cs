using System.Diagnostics;

namespace Shop.Local.Tests.Storage;

/// <summary>Another process that starts Azurite, in a process group of its own, and that can be killed.</summary>
internal sealed class StarterProcess : IAsyncDisposable
{
    private readonly Process _process;

    private StarterProcess(Process process) => _process = process;

    public List<string> Progress { get; } = [];

    /// <param name="arguments">The data folder, and the folder to install in.</param>
    /// <param name="path">Where programs are looked for, before the usual places; alone, where <paramref name="onlyPath"/>.</param>
    /// <param name="environment">A variable for the process and what it starts.</param>
    public static StarterProcess Start(string[] arguments, string? path = null, bool onlyPath = false, (string Name, string Value)? environment = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AzuriteStarter");
        // setsid makes it the head of a group, which keeps its process id.
        var info = new ProcessStartInfo(File.Exists("/usr/bin/setsid") ? "/usr/bin/setsid" : program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (info.FileName != program) info.ArgumentList.Add(program);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        info.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        if (path is not null) info.Environment["PATH"] = onlyPath ? path : $"{path}:{Environment.GetEnvironmentVariable("PATH")}";
        if (environment is var (name, value)) info.Environment[name] = value;
        return new StarterProcess(Process.Start(info)!);
    }

    /// <summary>The connection string, or the one line that says why there is none.</summary>
    public async Task<(bool Ready, string Text)> AnswerAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var (word, text) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (word == "progress") Progress.Add(text);
            else return (word == "ready", text);
        }
        throw new InvalidOperationException("The starter ended without an answer.");
    }

    /// <summary>kill -9 of the process, or of its whole group.</summary>
    public async Task KillAsync(bool wholeGroup, CancellationToken cancellationToken)
    {
        if (wholeGroup)
        {
            using var kill = Process.Start("/bin/kill", ["-9", "--", $"-{_process.Id}"]);
            await kill.WaitForExitAsync(cancellationToken);
        }
        else
        {
            _process.Kill();
        }
        // Not WaitForExitAsync, which waits for the output too, and that is Azurite's as well.
        while (!_process.HasExited) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It was killed.
        }
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
