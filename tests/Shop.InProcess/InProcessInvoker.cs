using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Shop.Local.Host;
using Shop.Local.Host.Worker;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.InProcess;

/// <summary>
/// Runs the functions in this process. The worker is the vendor's own, with the metadata and the executor that were generated for
/// the app, its input conversion and its HTTP results; only the wire is missing: messages are handed over, and so is the request.
/// </summary>
internal sealed class InProcessInvoker(InProcessApp app, IConfiguration settings, HostJson hostJson) : IFunctionInvoker
{
    private readonly InProcessChannel _channel = new();
    private readonly ConcurrentDictionary<string, Entry> _entries = [];
    private readonly Dictionary<string, Known> _functions = [];
    private HttpCoordinator _coordinator = null!;

    public int? ProcessId => null;

    public void Configure(IHostBuilder host)
    {
        host.ConfigureServices(services =>
        {
            var builder = services.AddInProcessWorker(_channel);
            builder.Use(next => context => EnterAsync(context, next));
            app.Configure(builder, builder.UseAspNetCoreIntegration);
            builder.UseDefaultWorkerMiddleware();
        });
        app.Generated(host);
        if (app.Override is { } replace) host.ConfigureServices(replace);
    }

    public async Task<IReadOnlyList<FunctionDescription>> StartAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        _coordinator = new HttpCoordinator(services);
        await InProcessWorker.StartAsync(services, cancellationToken);
        var found = await _channel.AskAsync(new() { RequestId = "metadata", FunctionsMetadataRequest = new() { FunctionAppDirectory = AppContext.BaseDirectory } }, cancellationToken);
        WorkerException.ThrowUnlessSuccess(found.FunctionMetadataResponse.Result);
        foreach (var reported in found.FunctionMetadataResponse.FunctionMetadataResults.Where(IsRun))
        {
            _functions[reported.Name] = new(WorkerFunction.Of(reported, settings, hostJson), new(() => LoadAsync(reported)));
        }

        return [.. _functions.Values.Select(known => known.Function.Description)];
    }

    public Task RunAsync(FunctionRun run, TriggerInput input, CancellationToken cancellationToken) =>
        RunAsync(run, WorkerInput.Request(_functions[run.Function.Name].Function, run, input), null, cancellationToken);

    public Task AnswerAsync(FunctionRun run, HttpContext http) =>
        RunAsync(run, WorkerInput.Request(_functions[run.Function.Name].Function, run, http), http, http.RequestAborted);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsRun(RpcFunctionMetadata function) =>
        app.Classes?.Invoke(function.EntryPoint[..function.EntryPoint.LastIndexOf('.')]) ?? true;

    private async Task RunAsync(FunctionRun run, InvocationRequest request, HttpContext? http, CancellationToken cancellationToken)
    {
        await _functions[run.Function.Name].Loaded.Value;
        var entry = _entries[run.Id] = new Entry(http);
        try
        {
            await _channel.InvokeAsync(request, cancellationToken);
        }
        catch (Exception) when (entry.Error is not null)
        {
            // The protocol carries its text only; who is in the same process may have the exception itself.
            ExceptionDispatchInfo.Throw(entry.Error);
        }
        finally
        {
            _entries.TryRemove(run.Id, out _);
        }
    }

    /// <summary>At a function's first run, for most tests run few of them and thousands of tests start a host.</summary>
    private async Task LoadAsync(RpcFunctionMetadata reported)
    {
        var loaded = await _channel.AskAsync(
            new() { RequestId = $"load {reported.Name}", FunctionLoadRequest = new() { FunctionId = reported.FunctionId, Metadata = reported } }, CancellationToken.None);
        WorkerException.ThrowUnlessSuccess(loaded.FunctionLoadResponse.Result);
    }

    /// <summary>The outermost middleware: brings the request in, and remembers what went wrong.</summary>
    private async Task EnterAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var entry = _entries[context.InvocationId];
        try
        {
            if (entry.Http is null) await next(context);
            else await EnterAsync(context, entry.Http, next);
        }
        catch (Exception error)
        {
            entry.Error = error;
            throw;
        }
    }

    /// <summary>The request's services are the run's, as the worker's own web server has it.</summary>
    private async Task EnterAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        var before = http.Features.Get<IServiceProvidersFeature>();
        http.Features.Set<IServiceProvidersFeature>(new RequestServicesFeature(http, null) { RequestServices = context.InstanceServices });
        try
        {
            _coordinator.Bring(context.InvocationId, http);
            await next(context);
        }
        finally
        {
            http.Features.Set(before);
        }
    }

    private sealed record Known(WorkerFunction Function, Lazy<Task> Loaded);

    private sealed class Entry(HttpContext? http)
    {
        public HttpContext? Http => http;

        public Exception? Error { get; set; }
    }
}
