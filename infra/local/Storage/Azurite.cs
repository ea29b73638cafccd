using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Shop.Local.Storage;

/// <summary>
/// A running Azurite: the storage account of the local shop and of the tests. Ends, with its data saved, when it is
/// disposed of and also when this process ends in any way, kill -9 included.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    // The account and key that every storage emulator knows; published by Microsoft, no secret.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly string? _scratch;
    private readonly Dictionary<string, Uri> _endpoints;
    private int _disposals;

    private Azurite(Process process, TimeProvider time, string? scratch, Dictionary<string, Uri> endpoints) =>
        (_process, _time, _scratch, _endpoints, Ended) = (process, time, scratch, endpoints, process.WaitForExitAsync());

    /// <summary>Completes when the emulator has ended, asked or not.</summary>
    public Task Ended { get; }

    public Uri TableEndpoint => new(_endpoints["Table"], Account);

    public string ConnectionString => ConnectionStringOf(Account);

    /// <summary>For one of <see cref="AzuriteOptions.Accounts"/>; they all have the same well-known key.</summary>
    public string ConnectionStringOf(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + string.Concat(_endpoints.Select(endpoint => $"{endpoint.Key}Endpoint={endpoint.Value}{account};"));

    /// <summary>Installs Azurite where that is needed, waits for an earlier one to let go of data and ports, and starts it.</summary>
    /// <exception cref="LocalSetupException">Node, npm, a port or the data are not as they must be; the message says what to do.</exception>
    public static async Task<Azurite> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var installation = new NodePackages(options.InstallationFolder, "the storage emulator (Azurite)", "about 190 MB, half a minute or more", options.Progress, options.TimeProvider);
        await installation.RequireNodeAsync(cancellationToken);
        await installation.EnsureAsync(cancellationToken);
        await AzuriteData.PrepareAsync(options, cancellationToken);
        await AzuritePorts.WaitUntilFreeAsync(options, cancellationToken);
        try
        {
            return await LaunchAsync(installation.Folder, options, cancellationToken);
        }
        catch (BrokenInstallationException)
        {
            options.Progress("The storage emulator's installation is broken; installing it again.");
            installation.Forget();
            await installation.EnsureAsync(cancellationToken);
            return await LaunchAsync(installation.Folder, options, cancellationToken);
        }
    }

    /// <summary>Lets Azurite save its data and end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref _disposals) > 1) return;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already, so there is nobody to tell.
        }
        await EndAsync(_process, _time);
        if (_scratch is not null) Directory.Delete(_scratch, recursive: true);
    }

    private static async Task<Azurite> LaunchAsync(string folder, AzuriteOptions options, CancellationToken cancellationToken)
    {
        // Azurite refuses a location for data in memory, and then still wants a folder to stand in.
        var scratch = options.DataDirectory is null ? Directory.CreateTempSubdirectory("azurite-").FullName : null;
        var started = new TaskCompletionSource<Dictionary<string, Uri>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new LastLines();
        var process = new Process { StartInfo = StartInfo(folder, options, scratch) };
        Listen(process, output, started);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            // The end of the process includes the end of its output, so that its last words are all there.
            var first = await Task.WhenAny(started.Task, process.WaitForExitAsync(cancellationToken))
                .WaitAsync(LongestStart, options.TimeProvider, cancellationToken);
            if (first != started.Task) throw new IOException("It ended at once.");
            return new Azurite(process, options.TimeProvider, scratch, await started.Task);
        }
        catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException)
        {
            process.StandardInput.Close();
            await EndAsync(process, options.TimeProvider);
            if (scratch is not null) Directory.Delete(scratch, recursive: true);
            if (e is OperationCanceledException) throw;
            if (e is TimeoutException) output.Add($"It did not answer within {LongestStart.TotalSeconds:0} seconds.");
            throw AzuriteFailure.Explain(output, options);
        }
    }

    private static ProcessStartInfo StartInfo(string folder, AzuriteOptions options, string? scratch)
    {
        var info = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = scratch ?? options.DataDirectory,
        };
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        var owner = scratch is null ? AzuriteData.OwnerFile(options.DataDirectory!) : "-";
        string[] data = scratch is null ? ["--location", Path.GetFullPath(options.DataDirectory!)] : ["--inMemoryPersistence"];
        string[] arguments =
        [
            Path.Combine(folder, "azurite-launcher.js"), owner, Number(Environment.ProcessId), .. data,
            "--blobHost", "127.0.0.1", "--blobPort", Number(options.BlobPort),
            "--queueHost", "127.0.0.1", "--queuePort", Number(options.QueuePort),
            "--tableHost", "127.0.0.1", "--tablePort", Number(options.TablePort),
            // A connection that Azurite drops while a client is about to use it looks like a failed call.
            "--blobKeepAliveTimeout", "3600", "--queueKeepAliveTimeout", "3600", "--tableKeepAliveTimeout", "3600",
            "--skipApiVersionCheck", "--silent", "--disableTelemetry",
        ];
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        if (options.ClockFile is { } clock) info.Environment["SHOP_CLOCK_FILE"] = clock;
        if (options.Accounts.Count > 0) info.Environment["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Prepend(Account).Select(account => $"{account}:{Key}"));
        return info;
    }

    private static void Listen(Process process, LastLines output, TaskCompletionSource<Dictionary<string, Uri>> started)
    {
        var endpoints = new Dictionary<string, Uri>();
        process.OutputDataReceived += (_, line) =>
        {
            output.Add(line.Data);
            if (line.Data is null || Listening().Match(line.Data) is not { Success: true } match) return;
            endpoints[match.Groups["service"].Value] = new Uri(match.Groups["url"].Value);
            if (endpoints.Count == 3) started.TrySetResult(endpoints);
        };
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
    }

    private static async Task EndAsync(Process process, TimeProvider time)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(LongestEnd, time);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<url>http://\S+)$")]
    private static partial Regex Listening();
}
