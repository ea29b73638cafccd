using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.Local.Host.Worker;

/// <summary>What triggered a run, in the protocol's words.</summary>
internal static class WorkerInput
{
    /// <summary>A request goes to the worker's own web server; here it gets the route's values, which it binds by name.</summary>
    public static InvocationRequest Request(WorkerFunction function, FunctionRun run, HttpContext http)
    {
        var request = Begin(function, run, new TypedData { Http = new RpcHttp() });
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (value is not null) request.TriggerMetadata[name] = new TypedData { String = Convert.ToString(value, CultureInfo.InvariantCulture) };
        }

        return request;
    }

    public static InvocationRequest Request(WorkerFunction function, FunctionRun run, TriggerInput input)
    {
        if (input is TimerInput timer) return Begin(function, run, new TypedData { Json = JsonSerializer.Serialize(timer.Timer) });

        var request = Begin(function, run, new TypedData { String = ((QueueInput)input).Message.Body.ToString() });
        foreach (var (name, value) in input.Metadata)
        {
            if (value is not null) request.TriggerMetadata[name] = new TypedData { String = (string)value };
        }

        return request;
    }

    private static InvocationRequest Begin(WorkerFunction function, FunctionRun run, TypedData data) => new()
    {
        InvocationId = run.Id,
        FunctionId = function.Id,
        InputData = { new ParameterBinding { Name = function.Parameter, Data = data } },
        TraceContext = new RpcTraceContext { TraceParent = run.TraceParent, TraceState = run.TraceState },
    };
}
