using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Configuration;

internal sealed class FunctionsWorkerApplicationBuilder : IFunctionsWorkerApplicationBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _steps = [];

    public FunctionsWorkerApplicationBuilder(IServiceCollection services)
    {
        Services = services;
        services.AddSingleton(_ => Build());
    }

    public IServiceCollection Services { get; }

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _steps.Add(middleware);
        return this;
    }

    private FunctionExecutionDelegate Build()
    {
        FunctionExecutionDelegate pipeline = _ => Task.CompletedTask;
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            pipeline = _steps[i](pipeline);
        }

        return pipeline;
    }
}
