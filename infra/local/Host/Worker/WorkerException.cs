using Shop.Local.Host.Worker.Rpc;

namespace Shop.Local.Host.Worker;

/// <summary>What a worker told of an exception of its own.</summary>
internal sealed class WorkerException(RpcException told) : Exception(told.Message)
{
    public override string StackTrace => told.StackTrace;

    public override string ToString() => string.IsNullOrEmpty(told.StackTrace) ? Message : $"{Message}{Environment.NewLine}{told.StackTrace}";

    /// <exception cref="WorkerException">The result is a failure.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void ThrowUnlessSuccess(StatusResult? result)
    {
        if (result is null || result.Status == StatusResult.Types.Status.Success) return;
        var told = new WorkerException(result.Exception ?? new RpcException { Message = "The worker gave no reason." });
        if (result.Status == StatusResult.Types.Status.Cancelled) throw new OperationCanceledException("The run was cancelled.", told);
        throw told;
    }
}
