using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using Shop.Functions.Platform;
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

/// <summary>A message of <c>purge-runs</c>.</summary>
/// <param name="Since">The day on which the run began, for those who read queues; the purge itself always works up to today.</param>
[Stored(StorageNames.PurgeRuns, "message", Subject.Message)]
public sealed record PurgeRun([property: Holds(DataClass.Operational)] DateOnly Since)
{
    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static PurgeRun Parse(string message) => StoredMessage.Parse(message, PurgeRunJson.Default.PurgeRun);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PurgeRun))]
internal sealed partial class PurgeRunJson : JsonSerializerContext;
