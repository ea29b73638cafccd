using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Carriers;

/// <summary>
/// What a carrier says of a parcel, in our own words: a message of the queue <c>carrier-events</c>. Ids, a kind and times. Where
/// the parcel was is left out: it leads to where somebody lives, and no erasure reaches into a queue.
/// </summary>
[Stored(StorageNames.CarrierEvents, "message", Subject.Message)]
public sealed record CarrierEvent
{
    /// <summary>The carrier's code, for instance <c>dpd</c>.</summary>
    [DataClass(DataClass.Operational)] public required string Carrier { get; init; }

    [DataClass(DataClass.Operational)] public required string OrderId { get; init; }

    /// <summary>The parcel's number.</summary>
    [DataClass(DataClass.Operational)] public required int Parcel { get; init; }

    /// <summary>Made of the carrier's id of the event.</summary>
    [DataClass(DataClass.Operational)] public required string EventId { get; init; }

    [DataClass(DataClass.Operational)] public required ShipmentStatus Kind { get; init; }

    [DataClass(DataClass.Operational)] public required DateTimeOffset At { get; init; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? ExpectedBy { get; init; }

    /// <summary>As <see cref="MessageTrace.Current"/> was when it was sent; the last member.</summary>
    [DataClass(DataClass.Operational), JsonPropertyOrder(1)] public string? Trace { get; init; }

    public byte[] ToMessage() => JsonSerializer.SerializeToUtf8Bytes(this, CarrierMessages.Default.CarrierEvent);

    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static CarrierEvent Parse(string message) => StoredMessage.Parse(message, CarrierMessages.Default.CarrierEvent);

    public ShipmentEvent ToShipmentEvent() => new(Parcel, EventId, Kind, At, null, ExpectedBy);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CarrierEvent))]
internal sealed partial class CarrierMessages : JsonSerializerContext;
