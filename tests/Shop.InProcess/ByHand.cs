using System.Runtime.ExceptionServices;
using Azure;
using Azure.Storage.Queues.Models;
using Shop.Local.Host;

namespace Shop.InProcess;

/// <summary>What a test does with a host by hand: it runs functions when it wants them to run, and waits for their end.</summary>
public static class ByHand
{
    /// <summary>A drain meets the same passing storage faults as a host that polls, which simply polls again.</summary>
    private const int ReceiveAttempts = 3;

    /// <summary>
    /// Runs the visible messages of all trigger queues, one after the other, queue by queue, until a whole round finds none; a message
    /// that fails is shown again or set aside as host.json says. For hosts without <see cref="FunctionHostOptions.RunQueues"/>.
    /// </summary>
    /// <returns>How many deliveries there were.</returns>
    public static async Task<int> DrainQueuesAsync(this FunctionHost host, CancellationToken cancellationToken)
    {
        var total = 0;
        int round;
        do
        {
            round = 0;
            foreach (var trigger in host.Queues.All)
                round += await DrainAsync(trigger, cancellationToken);
            total += round;
        }
        while (round > 0);
        return total;
    }

    /// <summary>Runs a queue or timer function once, with the middleware, and waits for it. Its exception is thrown here.</summary>
    /// <param name="functionName">The name in <c>[Function]</c>.</param>
    /// <param name="input">The message's text for a queue function; unused for a timer.</param>
    /// <param name="cancellationToken">The token that the function sees.</param>
    /// <exception cref="ArgumentException">There is no such function, or it is an HTTP function.</exception>
    public static async Task InvokeAsync(this FunctionHost host, string functionName, string? input, CancellationToken cancellationToken)
    {
        var function = host.Find(functionName);
        if (function is null || function.Trigger == TriggerKind.Http)
            throw new ArgumentException($"There is no queue or timer function '{functionName}'.", nameof(functionName));
        var finished = await host.Runner.RunAsync(function, host.InputFor(function, input), cancellationToken);
        host.Runner.Publish(finished);
        if (finished.Error is not null)
            ExceptionDispatchInfo.Throw(finished.Error);
    }

    /// <summary>Waits for the next run that matches, from the moment of the call: call it before what should cause the run.</summary>
    public static async Task<FinishedInvocation> NextInvocationAsync(this FunctionHost host, Func<FinishedInvocation, bool> matches, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<FinishedInvocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(FinishedInvocation finished)
        {
            if (matches(finished))
                found.TrySetResult(finished);
        }

        host.InvocationFinished += Look;
        try
        {
            return await found.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            host.InvocationFinished -= Look;
        }
    }

    private static async Task<int> DrainAsync(QueueTrigger trigger, CancellationToken cancellationToken)
    {
        var count = 0;
        while (await ReceiveAsync(trigger, cancellationToken) is { Length: > 0 } messages)
        {
            foreach (var message in messages)
                await trigger.RunAsync(message, cancellationToken);
            count += messages.Length;
        }

        return count;
    }

    private static async Task<QueueMessage[]> ReceiveAsync(QueueTrigger trigger, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await trigger.ReceiveAsync(cancellationToken);
            }
            catch (RequestFailedException error) when (error.Status == 404)
            {
                return [];
            }
            catch (Exception) when (attempt < ReceiveAttempts && !cancellationToken.IsCancellationRequested)
            {
                // Tried again at once: nothing here depends on time, and the client has its own pauses between retries.
            }
        }
    }
}
