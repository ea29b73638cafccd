using Shop.Local.Host.Worker;

namespace Shop.Local.Host;

/// <summary>The app as it is deployed: its own executable in a process of its own, which is started again when it ends.</summary>
/// <param name="Folder">The app's build output, with its worker.config.json and host.json.</param>
public sealed record WorkerApp(string Folder) : FunctionApp
{
    internal override IFunctionInvoker CreateInvoker(FunctionHostOptions options, HostJson hostJson) =>
        new WorkerInvoker(this, options, hostJson);
}
