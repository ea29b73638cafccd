using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Shop.Local.Storage;

namespace Shop.Local;

/// <summary>What npm installs from the lock file in a folder of this source, once for all processes on this machine.</summary>
/// <param name="folder">Where package.json and its lock file are.</param>
/// <param name="what">As a sentence names it, for instance <c>the local storage (Azurite)</c>.</param>
/// <param name="size">What an installation costs, for instance <c>about 190 MB, half a minute or more</c>.</param>
/// <param name="progress">Takes a line when installing takes longer than a moment.</param>
public sealed class NodePackages(string folder, string what, string size, Action<string> progress, TimeProvider time)
{
    private const int OldestNode = 20;

    private static readonly TimeSpan LongestInstallation = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public string Folder => folder;

    private string LockFile => Path.Combine(folder, "package-lock.json");

    // Written last, so that an installation that was cut short has none.
    private string Stamp => Path.Combine(folder, "node_modules", ".installed");

    /// <exception cref="LocalSetupException">Node is missing or too old, or npm fails.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(LockFile))
            throw new LocalSetupException($"{LockFile} is missing: run this from the source tree that it was built in, or build it again.");
        if (IsInstalled()) return;
        await RequireNodeAsync(cancellationToken);
        await using var turn = await TakeTurnAsync(cancellationToken);
        if (!IsInstalled()) await InstallAsync(cancellationToken);
    }

    /// <summary>The next <see cref="EnsureAsync"/> installs again.</summary>
    public void Forget() => File.Delete(Stamp);

    private bool IsInstalled() => File.Exists(Stamp) && File.ReadAllText(Stamp) == LockFileHash();

    private string LockFileHash() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(LockFile)));

    /// <exception cref="LocalSetupException">Node is missing or too old.</exception>
    public async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        var (exitCode, lines) = await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellationToken)
            ?? throw new LocalSetupException($"Node.js was not found, and {what} needs it: install Node {OldestNode} or newer, then start again.");
        var version = lines.LastOrDefault() ?? string.Empty;
        var major = version.TrimStart('v').Split('.')[0];
        if (exitCode != 0 || !int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < OldestNode)
            throw new LocalSetupException($"Node.js {version} is too old for {what}: install Node {OldestNode} or newer, then start again.");
    }

    private async Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken)
    {
        // Outside node_modules, which npm deletes first of all.
        var name = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(folder)))[..16];
        var file = Path.Combine(Path.GetTempPath(), $"shop-npm-{name}.lock");
        var began = time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(began) < LongestInstallation)
            {
                if (!told) progress($"Waiting for another process that is installing {what}.");
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        progress($"Installing {what} with npm: once, {size}.");
        var began = time.GetTimestamp();
        using var ticks = time.CreateTimer(
            _ => progress($"Still installing ({time.GetElapsedTime(began).TotalSeconds:0} s)."), null, BetweenLines, BetweenLines);
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        string[] arguments = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        var (exitCode, lines) = await RunAsync(npm, arguments, folder, cancellationToken)
            ?? throw new LocalSetupException($"npm was not found, and it installs {what}: install it (it comes with Node.js), then start again.");
        if (exitCode != 0)
        {
            var why = string.Join(" | ", lines.Where(line => line.StartsWith("npm ", StringComparison.Ordinal)).Take(4));
            throw new LocalSetupException($"npm could not install {what} (npm ci in {folder}, exit code {exitCode}): {why}. Check npm's registry and proxy settings, then start again.");
        }
        await File.WriteAllTextAsync(Stamp, LockFileHash(), cancellationToken);
        progress($"Installed {what} in {time.GetElapsedTime(began).TotalSeconds:0} s.");
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
