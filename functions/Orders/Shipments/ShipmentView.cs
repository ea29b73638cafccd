using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>A parcel as people see it.</summary>
/// <param name="Reference">What belongs on its label, so that its carrier's events find it.</param>
/// <param name="ShippedAt">When staff noted it.</param>
/// <param name="ExpectedBy">When the carrier means to hand it over at the latest, if it has said so.</param>
/// <param name="Events">What its carrier says of it, in the order in which it happened: of each kind one.</param>
public sealed record ShipmentView(
    int Number,
    string Reference,
    string? Carrier,
    string? TrackingNumber,
    ShipmentStatus Status,
    DateTimeOffset ShippedAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ExpectedBy,
    ImmutableArray<ShipmentItem> Lines,
    ImmutableArray<ShipmentView.EventPart> Events)
{
    public sealed record EventPart(ShipmentStatus Kind, DateTimeOffset At, string? Place);

    public static ShipmentView Of(Order order, ShipmentProgress parcel) => new(
        parcel.Shipment.Number,
        ParcelReference.Of(order.Id, parcel.Shipment.Number),
        parcel.Shipment.Carrier,
        parcel.Shipment.TrackingNumber,
        parcel.Status,
        parcel.Shipment.ShippedAt,
        parcel.Shipment.DeliveredAt,
        parcel.ExpectedBy,
        ShipmentItem.Of(order, parcel.Lines),
        [.. parcel.Events.Select(heard => new EventPart(heard.Kind, heard.At, heard.Place))]);

    /// <returns>The parcel without where its carrier had it and the number that tells so, for who need not know.</returns>
    public ShipmentView WithoutPlaces() => this with { TrackingNumber = null, Events = [.. Events.Select(heard => heard with { Place = null })] };

    /// <returns>A tag for the parcel's own state: what else happens to its order does not change it.</returns>
    public string Tag(string orderId) => ETags.OfText($"{orderId} {JsonSerializer.Serialize(this, ShipmentWeb.Json.Type<ShipmentView>())}");

    /// <returns>The parcel as an answer; 404 when there is none with this number.</returns>
    /// <param name="places">Whether who asks needs to know where its carrier had it.</param>
    public static IResult Answer(Order order, int number, int status = StatusCodes.Status200OK, bool replayed = false, bool places = true)
    {
        if (FulfilmentProgress.Of(order).Find(number) is not { } parcel) return Problem.NotFound;
        var view = places ? Of(order, parcel) : Of(order, parcel).WithoutPlaces();
        return new JsonResult<ShipmentView>(view, ShipmentWeb.Json.Type<ShipmentView>(), status)
        {
            ETag = view.Tag(order.Id),
            Location = status == StatusCodes.Status201Created ? $"/api/orders/{order.Id}/shipments/{number}" : null,
            Replayed = replayed,
        };
    }

    /// <returns>Null for what cannot be a parcel's number.</returns>
    public static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

[JsonSerializable(typeof(ShipmentView))]
internal sealed partial class ShipmentWeb : JsonSerializerContext
{
    public static ShipmentWeb Json { get; } = new(Platform.Http.Json.Strict());
}
