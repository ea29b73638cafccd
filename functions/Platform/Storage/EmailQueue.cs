using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Shop.Functions.Platform.Storage;

/// <summary>The queue <c>emails</c>: which mail is to be sent about what. The mail itself is written when it is sent.</summary>
public sealed class EmailQueue(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.Emails);

    /// <summary>One storage call.</summary>
    /// <exception cref="Azure.RequestFailedException">The message was not stored.</exception>
    public Task SendAsync(QueuedEmail email, CancellationToken cancellation, TimeSpan? delay = null) => _queue.SendMessageAsync(
        BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(email, QueuedEmailJson.Default.QueuedEmail)),
        delay,
        // The default of seven days would be shorter than an outage of a mail server can last.
        timeToLive: TimeSpan.FromSeconds(-1),
        cancellationToken: cancellation);
}

/// <summary>A message of <c>emails</c>: ids only.</summary>
/// <param name="Id">The id of what it is about, by template: a breach.</param>
/// <param name="HoursLeft">Which of the alerts of a breach.</param>
[Stored(StorageNames.Emails, "message", Subject.Message)]
public sealed record QueuedEmail(
    [property: Holds(DataClass.Operational)] EmailTemplate Template,
    [property: Holds(DataClass.Operational)] string Id,
    [property: Holds(DataClass.Operational)] int? HoursLeft = null)
{
    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static QueuedEmail Parse(string message) => StoredMessage.Parse(message, QueuedEmailJson.Default.QueuedEmail);
}

public enum EmailTemplate
{
    /// <summary>To the privacy officer: a breach is not reported, and the time for it runs out.</summary>
    BreachAlert = 1,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(QueuedEmail))]
internal sealed partial class QueuedEmailJson : JsonSerializerContext;
