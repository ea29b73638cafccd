using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.Local.Host.Worker;

/// <summary>The conversation with one worker, from its first word to its end.</summary>
/// <param name="log">Takes what the worker logs.</param>
/// <param name="longestRun">How long a function may run.</param>
/// <param name="clock">Measures it.</param>
internal class WorkerChannel(Action<RpcLog> log, TimeSpan longestRun, TimeProvider clock)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = [];
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called before anybody is told that the worker is gone, so that who asks again asks the next one.</summary>
    public Action Closing { get; set; } = static () => { };

    /// <summary>Ends when the worker has called.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Ends when nobody is there any more.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Listens and talks until the worker hangs up.</summary>
    public async Task ServeAsync(IAsyncStreamReader<StreamingMessage> fromWorker, IServerStreamWriter<StreamingMessage> toWorker, CancellationToken cancellationToken)
    {
        var writing = WriteAsync(toWorker, cancellationToken);
        _opened.TrySetResult();
        try
        {
            while (await fromWorker.MoveNext(cancellationToken)) Take(fromWorker.Current);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // A process that was killed hangs up like this.
        }
        finally
        {
            Close();
            await writing;
        }
    }

    /// <summary>Asks the worker and waits for its answer, which carries the question's id.</summary>
    /// <exception cref="WorkerEndedException">It ended first.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[question.RequestId] = answer;
        if (!Send(question)) answer.TrySetException(new WorkerEndedException());
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Runs a function; throws what it throws.</summary>
    /// <exception cref="TimeoutException">It runs for too long. Nobody asks this worker again: the Functions host replaces it, whatever else it is doing (its WebScriptHostExceptionHandler).</exception>
    public async Task InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        // The run's own end is waited for: a message must not be put back while somebody still works on it.
        await using var cancel = cancellationToken.Register(() => Tell(new() { InvocationCancel = new() { InvocationId = request.InvocationId } }));
        var asked = AskAsync(new() { RequestId = request.InvocationId, InvocationRequest = request }, CancellationToken.None);
        await ((Task)asked).WaitAsync(longestRun, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!asked.IsCompleted)
        {
            Close();
            await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new TimeoutException($"The function has run for {longestRun}, longer than functionTimeout in host.json allows: the app's process is started again.");
        }

        var answer = await asked;
        WorkerException.ThrowUnlessSuccess(answer.InvocationResponse.Result);
    }

    /// <summary>Tells the worker something that it does not answer.</summary>
    public void Tell(StreamingMessage message) => Send(message);

    /// <summary>Nobody is there any more: whoever waits for an answer is told.</summary>
    public void Close()
    {
        Closing();
        _outgoing.Writer.TryComplete();
        _closed.TrySetResult();
        foreach (var asked in _asked.Keys)
        {
            if (_asked.TryRemove(asked, out var answer)) answer.TrySetException(new WorkerEndedException());
        }
    }

    /// <summary>Takes what the worker says.</summary>
    internal void Take(StreamingMessage message)
    {
        if (message.ContentCase == StreamingMessage.ContentOneofCase.RpcLog) log(message.RpcLog);
        else if (_asked.TryRemove(message.RequestId, out var answer)) answer.TrySetResult(message);
    }

    /// <returns>False when nobody is there any more.</returns>
    protected virtual bool Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> toWorker, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken)) await toWorker.WriteAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The reading side notices as well, and tells those who wait.
            Close();
        }
    }
}
