using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Local.Host;

namespace Shop.InProcess;

/// <summary>The app's functions and services in this process, under the vendor's worker.</summary>
/// <param name="Generated">Registers what the Functions SDK generated for the app: its functions' metadata and its executor.</param>
/// <param name="Configure">Registers the app's services and worker middleware, as its Program.cs does, and calls what it is given to add the worker's own for HTTP.</param>
public sealed record InProcessApp(Action<IHostBuilder> Generated, Action<IFunctionsWorkerApplicationBuilder, Action> Configure) : FunctionApp
{
    /// <summary>Applied after <see cref="Configure"/>, so that a test can replace what the app registered.</summary>
    public Action<IServiceCollection>? Override { get; init; }

    /// <summary>Which classes' functions are run, by their full names; all of them when null.</summary>
    public Func<string, bool>? Classes { get; init; }

    /// <summary>Called once the host listens, before anybody knows its address.</summary>
    public Action<FunctionHost>? Listening { get; init; }

    internal override IFunctionInvoker CreateInvoker(FunctionHostOptions options, HostJson hostJson) =>
        new InProcessInvoker(this, options.Configuration, hostJson);

    internal override void Tell(FunctionHost host) => Listening?.Invoke(host);
}
