using Shop.Local.Host.Worker;

namespace Shop.Local.Host;

/// <summary>The app that a <see cref="FunctionHost"/> runs.</summary>
public abstract record FunctionApp
{
    /// <exception cref="InvalidOperationException">A function cannot be run as it is written, or a setting is missing.</exception>
    internal abstract IFunctionInvoker CreateInvoker(FunctionHostOptions options, HostJson hostJson);

    /// <summary>Called once the host listens, before anybody knows its address.</summary>
    internal virtual void Tell(FunctionHost host)
    {
    }
}

/// <summary>The app as it is deployed: its own executable in a process of its own, which is started again when it ends.</summary>
/// <param name="Folder">The app's build output, with its worker.config.json and host.json.</param>
public sealed record WorkerApp(string Folder) : FunctionApp
{
    internal override IFunctionInvoker CreateInvoker(FunctionHostOptions options, HostJson hostJson) =>
        new WorkerInvoker(this, options.Configuration, hostJson, options.ShutdownGrace);
}
