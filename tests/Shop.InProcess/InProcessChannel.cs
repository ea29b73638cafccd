using System.Reflection;
using Google.Protobuf;
using Shop.Local.Host.Worker;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.InProcess;

/// <summary>The conversation with the worker of this process: the protocol's messages without a wire.</summary>
internal sealed class InProcessChannel() : WorkerChannel(static _ => { })
{
    /// <summary>The worker's ear, once it has asked for a connection.</summary>
    public object? Worker { get; set; }

    protected override bool Send(StreamingMessage message)
    {
        if (Worker is null) return false;
        // The worker is another process: no trace, request or log scope of the host's is current there.
        using (ExecutionContext.SuppressFlow()) InProcessWorker.Hand(Worker, message);
        return true;
    }
}

/// <summary>Stands where the worker's gRPC client would: its factory, and the client itself. Proxies are derived from it.</summary>
public class WithoutWire : DispatchProxy
{
    private InProcessChannel _channel = null!;

    internal static object Factory(InProcessChannel channel) => Create(InProcessWorker.ClientFactory, channel);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case "CreateClient":
                _channel.Worker = args![0];
                return Create(InProcessWorker.Client, _channel);
            case "StartAsync":
                return Task.CompletedTask;
            default:
                _channel.Take(StreamingMessage.Parser.ParseFrom(((IMessage)args![0]!).ToByteArray()));
                return default(ValueTask);
        }
    }

    private static object Create(Type shape, InProcessChannel channel)
    {
        var proxy = Create(shape, typeof(WithoutWire));
        ((WithoutWire)proxy)._channel = channel;
        return proxy;
    }
}
