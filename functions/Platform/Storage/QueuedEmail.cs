using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Platform.Storage;

/// <summary>A message of <c>emails</c>: ids only.</summary>
/// <param name="Id">The id of what it is about, by template: a breach; an order; for a consent, an account and a step of it, sealed.</param>
/// <param name="Alert">Which of the alerts of a breach, by its key.</param>
/// <param name="Notification">Which of the notifications of an order, by its key.</param>
/// <param name="Trace">As <see cref="MessageTrace.Current"/> was when it was sent; the last member.</param>
[Stored(StorageNames.Emails, "message", Subject.Message)]
public sealed record QueuedEmail(
    [property: DataClass(DataClass.Operational)] EmailTemplate Template,
    [property: DataClass(DataClass.Identity)] string Id,
    [property: DataClass(DataClass.Operational)] string? Alert = null,
    [property: DataClass(DataClass.Operational)] string? Notification = null,
    [property: DataClass(DataClass.Operational)] string? Trace = null)
{
    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static QueuedEmail Parse(string message) => StoredMessage.Parse(message, QueuedEmailJson.Default.QueuedEmail);

    public byte[] ToMessage() => JsonSerializer.SerializeToUtf8Bytes(this, QueuedEmailJson.Default.QueuedEmail);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(QueuedEmail))]
internal sealed partial class QueuedEmailJson : JsonSerializerContext;
