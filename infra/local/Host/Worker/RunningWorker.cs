using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.Local.Host.Worker;

/// <summary>A worker that is ready: its process, its ear and its web server.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private RunningWorker(WorkerProcess process, WorkerChannel channel) => (Process, Channel) = (process, channel);

    public WorkerProcess Process { get; }

    public WorkerChannel Channel { get; }

    /// <summary>Where it takes requests.</summary>
    public Uri Http { get; private set; } = null!;

    /// <summary>As it reports them.</summary>
    public IReadOnlyList<RpcFunctionMetadata> Functions { get; private set; } = [];

    /// <summary>Greets a process that was just started, asks for its functions and has it load them.</summary>
    /// <exception cref="WorkerEndedException">It ended on the way.</exception>
    public static async Task<RunningWorker> GreetAsync(WorkerProcess process, WorkerChannel channel, WorkerApp app, CancellationToken cancellationToken)
    {
        var worker = new RunningWorker(process, channel);
        if (await Task.WhenAny(channel.Opened, process.Ended).WaitAsync(cancellationToken) == process.Ended) throw new WorkerEndedException();
        // Whoever ends after the first word hangs up, and the channel says so.
        var version = typeof(RunningWorker).Assembly.GetName().Version!.ToString();
        var ready = await worker.AskAsync(
            new() { WorkerInitRequest = new() { HostVersion = version, FunctionAppDirectory = app.Folder, WorkerDirectory = app.Folder } }, cancellationToken);
        WorkerException.ThrowUnlessSuccess(ready.WorkerInitResponse.Result);
        worker.Http = new Uri(ready.WorkerInitResponse.Capabilities["HttpUri"]);

        var found = await worker.AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = app.Folder } }, cancellationToken);
        WorkerException.ThrowUnlessSuccess(found.FunctionMetadataResponse.Result);
        worker.Functions = found.FunctionMetadataResponse.FunctionMetadataResults;
        foreach (var loaded in await Task.WhenAll(worker.Functions.Select(function => worker.LoadAsync(function, cancellationToken))))
            WorkerException.ThrowUnlessSuccess(loaded.FunctionLoadResponse.Result);
        await worker.WaitForHttpAsync(cancellationToken);
        return worker;
    }

    /// <summary>Asks it to end, and ends it when it has not done so in time.</summary>
    public async Task EndAsync(TimeSpan grace)
    {
        Channel.Tell(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(grace) } });
        await Process.Ended.WaitAsync(grace, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Close();
        await Process.DisposeAsync();
    }

    /// <summary>A worker calls its host before its own web server listens; the Functions host tries the first requests again and again.</summary>
    private async Task WaitForHttpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Process.Ended.IsCompleted) throw new WorkerEndedException();
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Http.Host, Http.Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
            }
        }
    }

    private Task<StreamingMessage> LoadAsync(RpcFunctionMetadata function, CancellationToken cancellationToken) =>
        AskAsync(new() { FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function } }, cancellationToken);

    private Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        question.RequestId = Guid.NewGuid().ToString();
        return Channel.AskAsync(question, cancellationToken);
    }
}
