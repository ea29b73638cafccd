using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Carriers;

/// <summary>What a carrier says of a parcel, as it sends it; whatever else stands there is not read. Pure.</summary>
/// <param name="Id">The carrier's id of the event.</param>
/// <param name="Reference">What stands on the label: <see cref="ParcelReference"/>.</param>
/// <param name="Kind">What happened: collected, in_transit, out_for_delivery, delivered, failed or returned.</param>
/// <param name="At">When.</param>
/// <param name="ExpectedBy">When it means to hand the parcel over at the latest; left out where it cannot be.</param>
public sealed record CarrierReport(string? Id, string? Reference, string? Kind, DateTimeOffset? At, DateTimeOffset? ExpectedBy)
{
    private static readonly Problem NotRead = Problem.BadRequest("unreadable", "The event could not be read.");

    /// <summary>Three outcomes: an event of ours, why it is none, or what is wrong with it.</summary>
    /// <param name="OrderId">Where it is about a parcel of ours, also of one that cannot be read.</param>
    public readonly record struct Reading(CarrierEvent? Event, string? Ignored, Problem? Problem, string? OrderId = null);

    /// <param name="body">Signed by the carrier.</param>
    /// <param name="carrier">Its code.</param>
    public static Reading Read(ReadOnlySpan<byte> body, string carrier, DateTimeOffset now)
    {
        try
        {
            return JsonSerializer.Deserialize(body, CarrierReports.Default.CarrierReport) is { } report ? report.Read(carrier, now) : new(null, null, NotRead);
        }
        catch (JsonException)
        {
            return new(null, null, NotRead);
        }
    }

    private Reading Read(string carrier, DateTimeOffset now)
    {
        // A carrier's account may serve other shops, and its list of kinds is its own.
        if (ParcelReference.From(Reference) is not { } parcel) return new(null, "not_ours", null);
        if (KindOf(Kind) is not { } kind) return new(null, "other_kind", null);
        if (Validate(now) is { } problem) return new(null, null, problem, parcel.OrderId);
        return new(
            new()
            {
                Carrier = carrier,
                OrderId = parcel.OrderId,
                Parcel = parcel.Number,
                EventId = OrderIds.ShipmentEventIdOf(parcel.OrderId, Id!, kind.ToString()),
                Kind = kind,
                At = At!.Value.ToUniversalTime(),
                // One that cannot be, for instance of before the event, says nothing; what has happened counts all the same.
                ExpectedBy = ShipmentEvent.IsExpectable(ExpectedBy, At.Value) ? ExpectedBy?.ToUniversalTime() : null,
            },
            null,
            null,
            parcel.OrderId);
    }

    private Problem? Validate(DateTimeOffset now)
    {
        var validation = new Validation();
        validation.Require(IdempotencyKey.IsKey(Id), "id", ShipmentEvent.CarriersIdRule);
        validation.Require(At is { } at && at <= now + ShipmentDecision.ClockSkew, "at", "When it happened: not later than now.");
        return validation.Problem;
    }

    private static ShipmentStatus? KindOf(string? text) => text switch
    {
        "collected" => ShipmentStatus.Collected,
        "in_transit" => ShipmentStatus.InTransit,
        "out_for_delivery" => ShipmentStatus.OutForDelivery,
        "delivered" => ShipmentStatus.Delivered,
        "failed" => ShipmentStatus.Failed,
        "returned" => ShipmentStatus.Returned,
        _ => null,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CarrierReport))]
internal sealed partial class CarrierReports : JsonSerializerContext;
