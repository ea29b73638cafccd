using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Local.Storage;

namespace Shop.Local.Storm;

/// <summary>A shop in a process of its own, which can be killed and started again on the same data.</summary>
/// <param name="folder">For its data, its log and its settings.</param>
/// <param name="settingsFile">The settings to begin with; null for the sample.</param>
/// <param name="storage">The account that it keeps everything in.</param>
public sealed class StormShop(int firstPort, string folder, string? settingsFile, string storage) : IAsyncDisposable
{
    /// <summary>How long an order waits for payment: some moves of the clock are longer (<see cref="PlannedFault"/>).</summary>
    public static readonly TimeSpan UnpaidLifetime = TimeSpan.FromHours(6);

    /// <summary>What the shop has written, over all its lives: a file in its folder.</summary>
    public const string Log = "shop.log";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Short enough that what is found out by asking, not by a webhook, is found out within the storm; and what a customer may do
    /// in an hour or have unpaid at once is no more than six people do in a storm.
    /// </summary>
    private static readonly (string Name, string Value)[] Hurry =
    [
        ("Orders__FirstLookAfter", "00:00:02"), ("SweepSchedule", "*/2 * * * * *"), ("ReconcileEventsSchedule", "*/5 * * * * *"), ("Orders__PlacedAnHour", "100000"),
        ("Orders__PaymentsAnHour", "100000"), ("Orders__MostUnpaidReservations", "100"), ("Orders__UnpaidLifetime", $"{UnpaidLifetime:c}"),
    ];

    private readonly Lock _writing = new();
    private Process? _process;
    private StreamWriter? _log;

    public Uri Api => Address(0);

    public Uri SignIn => Address(1);

    public Uri Carrier => Address(7);

    public Uri Sandbox(Tender tender) => Address(tender == Tender.Stripe ? 2 : 3);

    /// <summary>The first port of a row that nobody uses; another one for each process, for a storm that kills its shop leaves its ports free for a moment.</summary>
    public static int FreeRow()
    {
        const int Rows = 600;
        for (var row = 0; row < Rows; row++)
        {
            var first = 7171 + ((Environment.ProcessId + row) % Rows * 20);
            if (Enumerable.Range(first, 13).All(AzuritePorts.IsFree)) return first;
        }

        throw new LocalSetupException("There are no free ports between 7171 and 19170: name some with --port-base N.");
    }

    /// <exception cref="LocalSetupException">It did not start; the message says what it said.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        _log ??= new StreamWriter(Path.Combine(folder, Log), append: true) { AutoFlush = true };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.Start(Command())!;
        process.OutputDataReceived += (_, line) => Note(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Note(line.Data, ready);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        var ended = process.WaitForExitAsync(cancellationToken);
        var first = await Task.WhenAny(ready.Task, ended).WaitAsync(LongestStart, cancellationToken);
        if (first == ended) throw new LocalSetupException($"The shop did not start; {Path.Combine(folder, Log)} says why.");
    }

    /// <summary>As <c>kill -9</c>: the process has no say in it.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Ends it as Ctrl+C does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.StandardInput.Close();
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        if (_log is not null) await _log.DisposeAsync();
    }

    private Uri Address(int port) => new($"http://127.0.0.1:{firstPort + port}/");

    private ProcessStartInfo Command()
    {
        var program = Environment.ProcessPath!;
        var info = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // Started as `dotnet Shop.Local.dll …`, the program is dotnet and the shop its first argument.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") info.ArgumentList.Add(typeof(StormShop).Assembly.Location);
        string[] line = ["--port-base", firstPort.ToString(CultureInfo.InvariantCulture), "--data", Path.Combine(folder, "data"), "--settings", Settings(), "--until-input-ends"];
        foreach (var word in line) info.ArgumentList.Add(word);
        return info;
    }

    private string Settings()
    {
        var settings = JsonNode.Parse(File.ReadAllText(settingsFile ?? LocalSettings.Sample))!;
        foreach (var (name, value) in Hurry) settings["Values"]![name] = value;
        settings["Values"]!["AzureWebJobsStorage"] = storage;
        var file = Path.Combine(folder, "settings.json");
        File.WriteAllText(file, settings.ToJsonString());
        return file;
    }

    private void Note(string? line, TaskCompletionSource ready)
    {
        if (line is null) return;
        if (line == "ready") ready.TrySetResult();
        lock (_writing) _log!.WriteLine(line);
    }
}
