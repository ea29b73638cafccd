using System.Collections.Concurrent;
using System.Net;
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
    private readonly WebApplication _app;

    private WorkerServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheProcess>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.MapGrpcService<Calls>();
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<WorkerServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new WorkerServer();
        await server._app.StartAsync(cancellationToken);
        server.Address = new Uri(server._app.Urls.First());
        return server;
    }

    /// <summary>Waits for the worker with this id, and for no other.</summary>
    public void Expect(string workerId, WorkerChannel channel) => _expected[workerId] = channel;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
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

    /// <summary>Ctrl+C is for the process to decide.</summary>
    private sealed class LifetimeOfTheProcess : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
