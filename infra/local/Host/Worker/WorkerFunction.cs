using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.Local.Host.Worker;

/// <summary>A function as the worker reports it.</summary>
/// <param name="Description">What the host makes of its trigger.</param>
/// <param name="Id">How the worker calls it.</param>
/// <param name="Parameter">The parameter that takes what triggered it.</param>
internal sealed record WorkerFunction(FunctionDescription Description, string Id, string Parameter)
{
    private static readonly JsonSerializerOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    /// <exception cref="InvalidOperationException">The function cannot be run; the message says why.</exception>
    public static WorkerFunction Of(RpcFunctionMetadata reported, IConfiguration settings, HostJson hostJson)
    {
        var bindings = reported.RawBindings.Select(raw => JsonSerializer.Deserialize<Binding>(raw, IgnoreCase)!);
        try
        {
            var trigger = bindings.Single(binding => binding.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
            var description = Describe(reported.Name, trigger, settings);
            if (description.Trigger == TriggerKind.Http) HttpFunctions.Pattern(description, hostJson);
            return new(description, reported.FunctionId, trigger.Name);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException($"Function '{reported.Name}': {exception.Message}", exception);
        }
    }

    private static FunctionDescription Describe(string name, Binding trigger, IConfiguration settings) => trigger.Type.ToUpperInvariant() switch
    {
        "HTTPTRIGGER" => settings.Http(name, trigger.Route, trigger.Methods),
        "QUEUETRIGGER" => settings.Queue(name, trigger.QueueName!, trigger.Connection),
        "TIMERTRIGGER" => settings.Timer(name, trigger.Schedule!, trigger.UseMonitor ?? true, trigger.RunOnStartup ?? false),
        _ => throw new ArgumentException($"this host does not run a {trigger.Type}."),
    };

    /// <summary>The members of function.json's bindings that this host obeys.</summary>
    private sealed record Binding(
        string Name, string Type, string? Route, string[]? Methods, string? QueueName, string? Connection, string? Schedule, bool? UseMonitor, bool? RunOnStartup);
}
