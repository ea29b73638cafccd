using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.InProcess;

/// <summary>Where the worker brings a request and its invocation together.</summary>
internal sealed class HttpCoordinator(IServiceProvider services)
{
    private readonly Func<string, HttpContext, Task<FunctionContext>> _set = Method<Func<string, HttpContext, Task<FunctionContext>>>(services, "SetHttpContextAsync");
    private readonly Func<string, Task> _run = Method<Func<string, Task>>(services, "RunFunctionInvocationAsync");

    /// <summary>From here on the invocation waits for nothing.</summary>
    public void Bring(string invocation, HttpContext http)
    {
        _ = _set(invocation, http);
        _ = _run(invocation);
    }

    private static T Method<T>(IServiceProvider services, string name)
        where T : Delegate =>
        InProcessWorker.Coordinator.GetMethod(name)!.CreateDelegate<T>(services.GetRequiredService(InProcessWorker.Coordinator));
}
