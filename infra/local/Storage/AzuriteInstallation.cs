using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;

namespace Shop.Local.Storage;

/// <summary>Azurite as npm installs it from the lock file beside this source, once for all processes on this machine.</summary>
internal sealed class AzuriteInstallation(AzuriteOptions options)
{
    private const int OldestNode = 20;

    private static readonly TimeSpan LongestInstallation = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly Action<string> _progress = options.Progress;

    /// <summary>The folder of this source, as the build noted it.</summary>
    public static string SourceFolder { get; } = typeof(AzuriteInstallation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "StorageFolder").Value!;

    public string Folder { get; } = options.InstallationFolder;

    private string LockFile => Path.Combine(Folder, "package-lock.json");

    // Written last, so that an installation that was cut short has none.
    private string Stamp => Path.Combine(Folder, "node_modules", ".installed");

    /// <exception cref="LocalSetupException">Node is missing or too old, or npm fails.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await RequireNodeAsync(cancellationToken);
        if (!File.Exists(LockFile))
            throw new LocalSetupException($"{LockFile} is missing: run this from the source tree that it was built in, or build it again.");
        if (IsInstalled()) return;
        await using var turn = await TakeTurnAsync(cancellationToken);
        if (!IsInstalled()) await InstallAsync(cancellationToken);
    }

    /// <summary>The next <see cref="EnsureAsync"/> installs again.</summary>
    public void Forget() => File.Delete(Stamp);

    private bool IsInstalled() => File.Exists(Stamp) && File.ReadAllText(Stamp) == LockFileHash();

    private string LockFileHash() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(LockFile)));

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        var (exitCode, lines) = await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellationToken)
            ?? throw new LocalSetupException($"Node.js was not found, and the local storage (Azurite) runs on it: install Node {OldestNode} or newer, then start again.");
        var version = lines.LastOrDefault() ?? string.Empty;
        var major = version.TrimStart('v').Split('.')[0];
        if (exitCode != 0 || !int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < OldestNode)
            throw new LocalSetupException($"Node.js {version} is too old for the local storage (Azurite): install Node {OldestNode} or newer, then start again.");
    }

    private async Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken)
    {
        // Outside node_modules, which npm deletes first of all.
        var name = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Folder)))[..16];
        var file = Path.Combine(Path.GetTempPath(), $"shop-azurite-{name}.lock");
        var began = _time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (_time.GetElapsedTime(began) < LongestInstallation)
            {
                if (!told) _progress("Waiting for another process that is installing the storage emulator.");
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        _progress("Installing the storage emulator (Azurite) with npm: once, about 190 MB, half a minute or more.");
        var began = _time.GetTimestamp();
        using var ticks = _time.CreateTimer(
            _ => _progress($"Still installing ({_time.GetElapsedTime(began).TotalSeconds:0} s)."), null, BetweenLines, BetweenLines);
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        string[] arguments = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        var (exitCode, lines) = await RunAsync(npm, arguments, Folder, cancellationToken)
            ?? throw new LocalSetupException("npm was not found, and it installs the local storage (Azurite): install it (it comes with Node.js), then start again.");
        if (exitCode != 0)
        {
            var why = string.Join(" | ", lines.Where(line => line.StartsWith("npm ", StringComparison.Ordinal)).Take(4));
            throw new LocalSetupException($"npm could not install the local storage (npm ci in {Folder}, exit code {exitCode}): {why}. Check npm's registry and proxy settings, then start again.");
        }
        await File.WriteAllTextAsync(Stamp, LockFileHash(), cancellationToken);
        _progress($"Installed the storage emulator in {_time.GetElapsedTime(began).TotalSeconds:0} s.");
    }

    /// <returns>Null where there is no such program.</returns>
    private static async Task<(int ExitCode, string[] Lines)?> RunAsync(
        string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        var lines = new LastLines();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
            },
        };
        process.OutputDataReceived += (_, line) => lines.Add(line.Data);
        process.ErrorDataReceived += (_, line) => lines.Add(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, lines.ToArray());
    }
}
