using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.Packages.Tests.Worker;

public sealed class Middleware
{
    private readonly List<string> _log = [];

    [Fact]
    public async Task Steps_run_in_the_order_in_which_they_were_added_and_return_in_reverse()
    {
        var builder = new SelfMadeBuilder(_log);
        builder.UseMiddleware<Outer>()
            .UseMiddleware((_, next) => Logged("inline", next))
            .UseMiddleware<Inner>();

        await builder.Run();

        _log.ShouldBe(["outer in", "inline in", "inner in", "function", "inner out", "inline out", "outer out"]);
    }

    [Fact]
    public async Task A_step_that_does_not_go_on_keeps_the_function_from_running()
    {
        var builder = new SelfMadeBuilder(_log);
        builder.UseMiddleware((_, _) => Task.CompletedTask);

        await builder.Run();

        _log.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_conditional_step_is_passed_by_where_its_condition_does_not_hold()
    {
        var builder = new SelfMadeBuilder(_log);
        builder.UseWhen<Outer>(context => context.FunctionDefinition.Name == "sample")
            .UseWhen<Inner>(context => context.FunctionDefinition.Name == "other")
            .UseWhen(_ => false, (_, next) => Logged("never", next))
            .UseWhen(_ => true, (_, next) => Logged("always", next));

        await builder.Run();

        _log.ShouldBe(["outer in", "always in", "function", "always out", "outer out"]);
    }

    [Fact]
    public async Task One_instance_of_a_step_serves_every_invocation()
    {
        var builder = new SelfMadeBuilder(_log);
        builder.UseMiddleware<Counting>();

        await builder.Run();
        await builder.Run();

        _log.ShouldBe(["call 1", "function", "call 2", "function"]);
        builder.Services.Single(service => service.ServiceType == typeof(Counting)).Lifetime.ShouldBe(ServiceLifetime.Singleton);
    }

    [Fact]
    public void A_conditional_step_needs_a_condition()
    {
        var builder = new SelfMadeBuilder(_log);

        Should.Throw<ArgumentNullException>(() => builder.UseWhen<Outer>(null!));
        Should.Throw<ArgumentNullException>(() => builder.UseWhen(_ => true, null!));
    }

    [Fact]
    public async Task The_workers_own_builder_offers_its_pipeline_as_a_service()
    {
        var services = new ServiceCollection().AddSingleton(_log);
        services.AddFunctionsWorkerCore().UseMiddleware<Outer>().UseMiddleware<Inner>();
        services.AddFunctionsWorkerCore().UseMiddleware((_, next) => Logged("last", next));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<FunctionExecutionDelegate>()(new Invocation(provider));

        _log.ShouldBe(["outer in", "inner in", "last in", "last out", "inner out", "outer out"]);
    }

    private async Task Logged(string name, Func<Task> next)
    {
        _log.Add($"{name} in");
        await next();
        _log.Add($"{name} out");
    }

    /// <summary>A builder that is neither the vendor's nor the stand-in's.</summary>
    private sealed class SelfMadeBuilder(List<string> log) : IFunctionsWorkerApplicationBuilder
    {
        private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _steps = [];
        private ServiceProvider? _provider;

        public IServiceCollection Services { get; } = new ServiceCollection().AddSingleton(log);

        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
        {
            _steps.Add(middleware);
            return this;
        }

        public async Task Run()
        {
            _provider ??= Services.BuildServiceProvider();
            FunctionExecutionDelegate function = _ =>
            {
                log.Add("function");
                return Task.CompletedTask;
            };
            var pipeline = Enumerable.Reverse(_steps).Aggregate(function, (next, step) => step(next));
            await using var scope = _provider.CreateAsyncScope();
            await pipeline(new Invocation(scope.ServiceProvider));
        }
    }

    private sealed class Outer(List<string> log) : LoggingStep("outer", log);

    private sealed class Inner(List<string> log) : LoggingStep("inner", log);

    private abstract class LoggingStep(string name, List<string> log) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            log.Add($"{name} in");
            await next(context);
            log.Add($"{name} out");
        }
    }

    private sealed class Counting(List<string> log) : IFunctionsWorkerMiddleware
    {
        private int _calls;

        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            log.Add($"call {++_calls}");
            return next(context);
        }
    }
}
