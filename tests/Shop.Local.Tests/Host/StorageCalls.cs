using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;

namespace Shop.Local.Tests.Host;

/// <summary>Sees every call that the host's queue clients make, and fails those it is told to.</summary>
internal sealed class StorageCalls : HttpPipelineSynchronousPolicy
{
    private readonly Lock _lock = new();
    private readonly List<string> _seen = [];

    /// <summary>Called with each call, as <c>PUT /account/queue/messages</c>; its exception fails the call before it happens.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Called when a call was answered, before its caller hears of it; its exception takes the answer away.</summary>
    public Action<HttpMessage> After { get; set; } = _ => { };

    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_lock)
                return [.. _seen];
        }
    }

    public void AddTo(QueueClientOptions options)
    {
        options.Retry.MaxRetries = 0;
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
    }

    public int Count(string method) => Seen.Count(call => call.StartsWith(method, StringComparison.Ordinal));

    public override void OnSendingRequest(HttpMessage message)
    {
        var call = $"{message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath}";
        lock (_lock)
            _seen.Add(call);
        Before(call);
    }

    public override void OnReceivedResponse(HttpMessage message) => After(message);
}
