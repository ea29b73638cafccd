using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>A message of <c>order-checks</c>: ids only.</summary>
/// <param name="Why">For those who read queues: <c>owed</c>, <c>due</c>.</param>
/// <param name="Trace">As <see cref="MessageTrace.Current"/> was when it was sent; the last member.</param>
[Stored(StorageNames.OrderChecks, "message", Subject.Message)]
public sealed record ReconciliationMessage(
    [property: DataClass(DataClass.Operational)] string OrderId,
    [property: DataClass(DataClass.Operational)] string Why,
    [property: DataClass(DataClass.Operational)] string? Trace = null)
{
    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static ReconciliationMessage Parse(string message) => StoredMessage.Parse(message, ReconciliationJson.Default.ReconciliationMessage);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReconciliationMessage))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
