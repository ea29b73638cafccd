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
