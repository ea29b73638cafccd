using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>The queue <c>purge-runs</c>: "go on with the purge".</summary>
public sealed class PurgeRuns(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.PurgeRuns);

    /// <summary>One storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(PurgeRun run, CancellationToken cancellation) =>
        _queue.SendMessageAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(run, PurgeRunJson.Default.PurgeRun)), cancellationToken: cancellation);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PurgeRun))]
internal sealed partial class PurgeRunJson : JsonSerializerContext;
