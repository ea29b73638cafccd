using Shop.Local.Host.Worker;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.InProcess;

/// <summary>The conversation with the worker of this process: the protocol's messages without a wire. There is no process to end for a run that takes too long.</summary>
internal sealed class InProcessChannel() : WorkerChannel(static _ => { }, Timeout.InfiniteTimeSpan, TimeProvider.System)
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
