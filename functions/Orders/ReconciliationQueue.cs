using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders;

/// <summary>The queue <c>order-checks</c>: "look at this order", now or later.</summary>
public sealed class ReconciliationQueue(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.OrderChecks);

    /// <summary>One storage call.</summary>
    /// <param name="delay">How long nobody needs to look; at most seven days.</param>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(ReconciliationMessage check, TimeSpan delay, CancellationToken cancellation) =>
        _queue.SendMessageAsync(
            BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(check, ReconciliationJson.Default.ReconciliationMessage)),
            delay > TimeSpan.Zero ? delay : null,
            // The default of seven days would be shorter than an outage can last together with a long delay.
            timeToLive: TimeSpan.FromSeconds(-1),
            cancellationToken: cancellation);
}

/// <summary>A message of <c>order-checks</c>: ids only.</summary>
/// <param name="Why">For those who read queues: <c>placed</c>, <c>payment-started</c>, <c>owed</c>, <c>again</c>.</param>
[Stored(StorageNames.OrderChecks, "message", Subject.Message)]
public sealed record ReconciliationMessage(
    [property: DataClass(DataClass.Operational)] string OrderId, [property: DataClass(DataClass.Operational)] string Why)
{
    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static ReconciliationMessage Parse(string message) => StoredMessage.Parse(message, ReconciliationJson.Default.ReconciliationMessage);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReconciliationMessage))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
