using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.Local.Host.Worker;

/// <summary>Where workers call: the host's side of the protocol, on a port of 127.0.0.1 that the system picks.</summary>
internal sealed class WorkerServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _expected = [];
    private LoopbackServer _server = null!;

    private WorkerServer() { }

    public Uri Address => _server.Address;

    public static async Task<WorkerServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new WorkerServer();
        server._server = await LoopbackServer.StartAsync(0, app => app.MapGrpcService<Calls>(), cancellationToken, server.Configure);
        return server;
    }

    /// <summary>Waits for the worker with this id, and for no other.</summary>
    public void Expect(string workerId, WorkerChannel channel) => _expected[workerId] = channel;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(this);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
    }

    private sealed class Calls(WorkerServer server) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
        {
            if (!await requestStream.MoveNext(context.CancellationToken)
                || requestStream.Current.StartStream is not { } start
                || !server._expected.TryRemove(start.WorkerId, out var channel))
            {
                throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No such worker was started here."));
            }

            await channel.ServeAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
