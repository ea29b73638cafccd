using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Shop.Local.Host.Worker;

/// <summary>
/// Runs the functions in the app's own process, under the protocol that the Functions host speaks with it: HTTP goes to the
/// worker's web server beside its invocation, messages and timers go with theirs. A process that ends is started again; what
/// it was working on has failed, and what comes meanwhile waits.
/// </summary>
internal sealed partial class WorkerInvoker(WorkerApp app, FunctionHostOptions options, HostJson hostJson) : IFunctionInvoker
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly WorkerProxy _proxy = new();
    private readonly CancellationTokenSource _stop = new();
    private Dictionary<string, WorkerFunction> _functions = [];
    private WorkerServer? _server;
    private Task _watch = Task.CompletedTask;
    private ILogger _log = NullLogger.Instance;
    private WorkerLog _workerLog = null!;
    private volatile TaskCompletionSource<RunningWorker> _ready = NewReady();

    public int? ProcessId => _ready.Task.IsCompletedSuccessfully ? _ready.Task.Result.Process.Id : null;

    public void Configure(IHostBuilder host) => host.ConfigureServices(services => services.AddHttpForwarder());

    public async Task<IReadOnlyList<FunctionDescription>> StartAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var loggers = services.GetRequiredService<ILoggerFactory>();
        _log = loggers.CreateLogger("Host.Worker");
        _workerLog = new WorkerLog(loggers);
        _proxy.Forwarder = services.GetRequiredService<Yarp.ReverseProxy.Forwarder.IHttpForwarder>();
        _server = await WorkerServer.StartAsync(cancellationToken);
        var worker = await StartWorkerAsync(cancellationToken);
        Take(worker);
        // From here on it is ended with this.
        _watch = WatchAsync(worker);
        _functions = worker.Functions.Select(reported => WorkerFunction.Of(reported, options.Configuration, hostJson)).ToDictionary(function => function.Description.Name);
        return [.. _functions.Values.Select(function => function.Description)];
    }

    public async Task RunAsync(FunctionRun run, TriggerInput input, CancellationToken cancellationToken)
    {
        var worker = await _ready.Task.WaitAsync(cancellationToken);
        await worker.Channel.InvokeAsync(WorkerInput.Request(_functions[run.Function.Name], run, input), cancellationToken);
    }

    public async Task AnswerAsync(FunctionRun run, HttpContext http)
    {
        var worker = await _ready.Task.WaitAsync(LongestStart, TimeProvider.System, http.RequestAborted);
        await _proxy.AnswerAsync(worker, WorkerInput.Request(_functions[run.Function.Name], run, http), http);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        if (_server is not null) await _server.DisposeAsync();
        _proxy.Dispose();
        _stop.Dispose();
    }

    /// <exception cref="LocalSetupException">It ended at once, or says nothing; the message tells what it wrote.</exception>
    private async Task<RunningWorker> StartWorkerAsync(CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString();
        var channel = new WorkerChannel(_workerLog.Write, hostJson.FunctionTimeout, options.FrontEndClock);
        _server!.Expect(id, channel);
        var process = WorkerProcess.Start(app, options.Configuration, _server.Address, id, LogSaid);
        try
        {
            return await RunningWorker.GreetAsync(process, channel, app, cancellationToken).WaitAsync(LongestStart, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception)
        {
            await process.DisposeAsync();
            if (exception is WorkerEndedException or TimeoutException)
                throw new LocalSetupException($"The app's process did not start ({app.Folder}): {process.LastWords}");
            throw;
        }
    }

    private async Task WatchAsync(RunningWorker worker)
    {
        while (true)
        {
            Task gone = Task.WhenAny(worker.Process.Ended, worker.Channel.Closed);
            await gone.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_stop.IsCancellationRequested)
            {
                worker.Channel.Close();
                // At Ctrl+C the app's process may hear of it first, and is not to be started once more.
                await PauseAsync(TimeSpan.FromSeconds(1));
            }

            if (_stop.IsCancellationRequested)
            {
                await worker.EndAsync(options.ShutdownGrace);
                return;
            }

            // Whoever hangs up and does not end is of no use.
            worker.Process.Kill();
            await worker.Process.Ended;
            LogEnded(worker.Process.Id, worker.Process.ExitCode);
            await worker.DisposeAsync();
            if (await StartAgainAsync() is not { } next) return;
            worker = next;
            LogStarted(worker.Process.Id);
            Take(worker);
        }
    }

    /// <summary>From now on it is asked, until it is gone.</summary>
    private void Take(RunningWorker worker)
    {
        var ready = _ready;
        worker.Channel.Closing = () => Interlocked.CompareExchange(ref _ready, NewReady(), ready);
        ready.SetResult(worker);
    }

    private async Task<RunningWorker?> StartAgainAsync()
    {
        for (var pause = TimeSpan.FromSeconds(2); !_stop.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await StartWorkerAsync(_stop.Token);
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                LogNotStarted(pause, exception);
                await PauseAsync(pause);
            }
            catch (Exception)
            {
                // The shop is ending, and that is why it failed.
            }
        }

        return null;
    }

    private async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static TaskCompletionSource<RunningWorker> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "The app's process {ProcessId} has ended with {ExitCode}; it is started again")]
    private partial void LogEnded(int processId, int exitCode);

    [LoggerMessage(LogLevel.Warning, "The app runs again, in process {ProcessId}")]
    private partial void LogStarted(int processId);

    [LoggerMessage(LogLevel.Error, "The app's process did not start; tried again in {Pause}")]
    private partial void LogNotStarted(TimeSpan pause, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The app's process says: {Line}")]
    private partial void LogSaid(string line);
}
