using System.Diagnostics;
using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shop.Local.Host.InProcess;

/// <summary>
/// Runs the functions in this process, with the app's own services and worker middleware around every run. It uses the
/// worker's public types only, and follows the worker in what it accepts and answers.
/// </summary>
internal sealed class InProcessInvoker(InProcessApp app, IConfiguration settings, HostJson hostJson) : IFunctionInvoker
{
    private readonly Dictionary<string, LoadedFunction> _functions =
        new FunctionDiscovery(app, settings, hostJson).Load().ToDictionary(function => function.Name);

    private WorkerPipeline? _pipeline;
    private FunctionExecutionDelegate _run = null!;
    private IServiceProvider _services = null!;

    public int? ProcessId => null;

    /// <summary>What the worker registers for an app with its ASP.NET Core integration, and then what the app does.</summary>
    public void Register(IServiceCollection services)
    {
        services.AddControllers();
        services.Configure<JsonSerializerOptions>(json => json.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (worker, json) => worker.Serializer ??= new JsonObjectSerializer(json.Value));
        _pipeline = new WorkerPipeline(services);
        app.Configure(_pipeline);
        app.Override?.Invoke(services);
    }

    public Task<IReadOnlyList<FunctionDescription>> StartAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        _services = services;
        _run = _pipeline!.Build(context => ((Invocation)context).Function.RunAsync((Invocation)context));
        FindMissingServices();
        return Task.FromResult<IReadOnlyList<FunctionDescription>>([.. _functions.Values.Select(function => function.Description)]);
    }

    public async Task RunAsync(FunctionRun run, TriggerInput input, CancellationToken cancellationToken)
    {
        LeaveTrace();
        await using var scope = _services.CreateAsyncScope();
        await _run(new Invocation(Loaded(run), run, scope.ServiceProvider, null, input, cancellationToken));
    }

    /// <summary>The request's own service scope is the run's scope.</summary>
    public async Task AnswerAsync(FunctionRun run, HttpContext http)
    {
        LeaveTrace();
        var invocation = new Invocation(Loaded(run), run, http.RequestServices, http, null, default);
        await _run(invocation);
        if (invocation.Result is { } result) await HttpResult.WriteAsync(result, http);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// The worker is another process: the host's activity is not current there, and the trace stands in the function's context
    /// only. Called in an async method, this changes nothing for whoever called it.
    /// </summary>
    private static void LeaveTrace() => Activity.Current = null;

    private LoadedFunction Loaded(FunctionRun run) => _functions[run.Function.Name];

    /// <summary>The worker would find out at the first call of each function; a start is a better time to hear of all of them.</summary>
    private void FindMissingServices()
    {
        var known = _services.GetRequiredService<IServiceProviderIsService>();
        var problems = _functions.Values.SelectMany(function => function.MissingServices(known.IsService)).ToList();
        if (problems.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, ["The functions cannot be run:", .. problems]));
    }
}
