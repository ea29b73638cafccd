using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Local.Host;

/// <summary>The app that a <see cref="FunctionHost"/> runs.</summary>
public abstract record FunctionApp;

/// <summary>The app as it is deployed: its own executable in a process of its own, which is started again when it ends.</summary>
/// <param name="Folder">The app's build output, with its worker.config.json and host.json.</param>
public sealed record WorkerApp(string Folder) : FunctionApp;

/// <summary>The app's functions and services in this process.</summary>
/// <param name="Functions">The assembly whose <c>[Function]</c> methods are run.</param>
/// <param name="Configure">Registers the app's services and worker middleware, as its Program.cs does.</param>
public sealed record InProcessApp(Assembly Functions, Action<IFunctionsWorkerApplicationBuilder> Configure) : FunctionApp
{
    /// <summary>Applied after <see cref="Configure"/>, so that a test can replace what the app registered.</summary>
    public Action<IServiceCollection>? Override { get; init; }

    /// <summary>Which classes of <see cref="Functions"/> are looked at; all of them when null.</summary>
    public Func<Type, bool>? FunctionClasses { get; init; }
}
