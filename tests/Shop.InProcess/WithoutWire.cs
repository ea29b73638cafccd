using System.Reflection;
using Google.Protobuf;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.InProcess;

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
