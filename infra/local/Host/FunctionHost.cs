using System.Collections.Concurrent;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>
/// Runs an app's functions as the Functions host does: HTTP routes, queue triggers and timers, with the app in a process of
/// its own or in this one.
/// </summary>
public sealed class FunctionHost : IAsyncDisposable
{
    private readonly FunctionHostOptions _options;
    private readonly ConcurrentDictionary<Task, bool> _startedByHand = [];
    private readonly CancellationTokenSource _cancelWork = new();
    private readonly IHost _host;
    private readonly IFunctionInvoker _invoker;
    private readonly FunctionRunner _runner;
    private readonly QueueTriggers _queues;
    private readonly TimerTriggers _timers;
    private bool _disposed;

    private FunctionHost(FunctionHostOptions options)
    {
        _options = options;
        var hostJson = HostJson.Load(options.HostJsonPath, options.Configuration);
        _invoker = options.App.CreateInvoker(options, hostJson);
        _host = WebServer.Build(options, hostJson, _invoker.Configure, endpoints =>
        {
            HttpFunctions.Map(endpoints, Functions, hostJson, _runner!);
            AdminEndpoints.Map(endpoints, this);
            options.MapMore?.Invoke(endpoints);
        });
        var loggers = _host.Services.GetRequiredService<ILoggerFactory>();
        _runner = new FunctionRunner(_invoker, loggers, options.Clock);
        _queues = new QueueTriggers(options, hostJson, _runner, loggers, _cancelWork.Token);
        _timers = new TimerTriggers(options, _runner, loggers, _cancelWork.Token);
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:7071</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The app's own process; null where its functions run in this one, and while it is being started again.</summary>
    public int? AppProcessId => _invoker.ProcessId;

    /// <summary>The host's own spans.</summary>
    internal System.Diagnostics.ActivitySource Spans => _runner.Source;

    /// <summary>What runs each function, for whoever runs one by hand.</summary>
    internal FunctionRunner Runner => _runner;

    internal QueueTriggers Queues => _queues;

    /// <summary>The web server's services; the app's own as well, where it runs in this process.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Every function, disabled ones included.</summary>
    public IReadOnlyList<FunctionDescription> Functions { get; private set; } = [];

    /// <summary>Raised when a run is over, on the thread that ran it. A handler should be quick.</summary>
    public event Action<FinishedInvocation>? InvocationFinished
    {
        add => _runner.Finished += value;
        remove => _runner.Finished -= value;
    }

    /// <summary>Starts the app, finds its functions and begins to listen.</summary>
    /// <exception cref="InvalidOperationException">A function cannot be run as it is written, or a setting is missing.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FunctionHost> StartAsync(FunctionHostOptions options, CancellationToken cancellationToken)
    {
        var host = new FunctionHost(options);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops listening, polling and the clock; waits for work in flight, and cancels it when the grace is over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        var triggers = Task.WhenAll(_queues.DisposeAsync().AsTask(), _timers.DisposeAsync().AsTask());
        var work = Task.WhenAll([triggers, _host.StopAsync(), .. _startedByHand.Keys]);
        using var grace = new CancellationTokenSource(_options.ShutdownGrace, TimeProvider.System);
        await using (grace.Token.Register(_cancelWork.Cancel))
            await work;
        await _invoker.DisposeAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        _runner.Source.Dispose();
        _cancelWork.Dispose();
    }

    /// <returns>The status of the answer: 202, or why it was not started.</returns>
    internal int TryStart(string functionName, string? input)
    {
        var function = Find(functionName);
        if (function is null)
            return StatusCodes.Status404NotFound;
        if (function.Trigger == TriggerKind.Http)
            return StatusCodes.Status400BadRequest;
        async Task RunAsync() => _runner.Publish(await _runner.RunAsync(function, InputFor(function, input), _cancelWork.Token));
        var run = Task.Run(RunAsync, CancellationToken.None);
        _startedByHand.TryAdd(run, true);
        _ = run.ContinueWith(done => _startedByHand.TryRemove(done, out _), TaskScheduler.Default);
        return StatusCodes.Status202Accepted;
    }

    internal FunctionDescription? Find(string name) => Functions.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <param name="input">The message's text for a queue function; unused for a timer.</param>
    internal TriggerInput InputFor(FunctionDescription function, string? input)
    {
        if (function.Trigger == TriggerKind.Timer)
            return new TimerInput(_timers.Info(function));
        var now = _options.Clock.GetUtcNow();
        return new QueueInput(QueuesModelFactory.QueueMessage(
            messageId: Guid.NewGuid().ToString(), popReceipt: "", body: BinaryData.FromString(input ?? ""), dequeueCount: 1,
            nextVisibleOn: now, insertedOn: now, expiresOn: now.AddDays(7)));
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Functions = await _invoker.StartAsync(_host.Services, cancellationToken);
        foreach (var function in Enabled(TriggerKind.Queue))
            _queues.Add(function);
        await _host.StartAsync(cancellationToken);
        var server = _host.Services.GetRequiredService<IServer>();
        Address = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        _options.App.Tell(this);
        if (_options.RunQueues)
        {
            _queues.StartPumps();
            // Most messages are sent by a function of this process, so the end of a run is when to look.
            InvocationFinished += _ => _queues.Wake();
        }
        foreach (var function in _options.RunTimers ? Enabled(TriggerKind.Timer) : [])
            _timers.Start(function);
    }

    private IEnumerable<FunctionDescription> Enabled(TriggerKind trigger) => Functions.Where(f => f.Trigger == trigger && !f.Disabled);
}
