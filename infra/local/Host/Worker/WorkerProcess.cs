using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Shop.Functions.Platform;
using Shop.Local.Storage;

namespace Shop.Local.Host.Worker;

/// <summary>The app's executable, started with the arguments and the environment that the Functions host gives it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly LastLines _said = new();

    private WorkerProcess(ProcessStartInfo command, Action<string> said)
    {
        _process = Process.Start(command)!;
        foreach (var lines in (Action<DataReceivedEventHandler>[])[handler => _process.OutputDataReceived += handler, handler => _process.ErrorDataReceived += handler])
        {
            lines((_, line) =>
            {
                if (string.IsNullOrWhiteSpace(line.Data)) return;
                _said.Add(line.Data);
                said(line.Data);
            });
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Ended = _process.WaitForExitAsync();
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public Task Ended { get; }

    /// <summary>What it wrote last, for whoever has to say why it ended.</summary>
    public string LastWords => string.Join(' ', _said.ToArray());

    /// <param name="app">The app's build output.</param>
    /// <param name="settings">Become environment variables, as app settings do in Azure.</param>
    /// <param name="host">Where the worker is to call.</param>
    /// <param name="workerId">How it says who it is.</param>
    /// <param name="said">Takes each line that it writes.</param>
    /// <exception cref="LocalSetupException">There is no such app.</exception>
    public static WorkerProcess Start(WorkerApp app, IConfiguration settings, Uri host, string workerId, Action<string> said)
    {
        var command = new ProcessStartInfo(Dotnet())
        {
            UseShellExecute = false,
            WorkingDirectory = app.Folder,
            // Never written to: it ends when this process ends, however that comes about (StartupHook).
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] line =
        [
            Path.Combine(app.Folder, Executable(app.Folder)),
            "--functions-uri", host.ToString(),
            "--functions-worker-id", workerId,
            "--functions-request-id", Guid.NewGuid().ToString(),
            "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var word in line) command.ArgumentList.Add(word);
        SetEnvironment(command.Environment, app.Folder, settings);
        return new WorkerProcess(command, said);
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Ended;
        _process.Dispose();
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, string folder, IConfiguration settings)
    {
        // The settings file says all there is; what a shell happens to have set must not slip in beside it.
        foreach (var name in environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList()) environment.Remove(name);
        // A container that people develop in may have a name as one of the platform has.
        foreach (var name in Deployment.OfThePlatform) environment.Remove(name);
        environment["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings.AsEnumerable())
        {
            if (value is not null) environment[LocalSettings.VariableOf(name)] = value;
        }

        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        environment["FUNCTIONS_WORKER_DIRECTORY"] = folder;
        environment["DOTNET_STARTUP_HOOKS"] = typeof(WorkerProcess).Assembly.Location;
    }

    private static string Executable(string folder)
    {
        try
        {
            using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "worker.config.json")));
            return config.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString()!;
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException)
        {
            throw new LocalSetupException($"The app is not built ({folder} has no worker.config.json): build functions/ first.");
        }
    }

    /// <summary>The one that runs this process, so that PATH does not matter.</summary>
    private static string Dotnet()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        var dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(dotnet) ? dotnet : "dotnet";
    }
}
