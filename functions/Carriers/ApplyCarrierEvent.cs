using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Carriers;

/// <summary>
/// Queue <c>carrier-events</c>: merges what a carrier says into the parcel it is about. Duplicates and late arrivals change
/// nothing. Five storage calls with the queue's own, whatever is stored; one more where somebody is to be told of it or must see to it.
/// </summary>
public sealed partial class ApplyCarrierEvent(
    OrderStore orders, OrderIndex index, IOptions<CarrierOptions> carriers, TimeProvider clock, ILogger<ApplyCarrierEvent> logger)
{
    [Function(nameof(ApplyCarrierEvent))]
    public async Task Run([QueueTrigger(StorageNames.CarrierEvents)] string message, CancellationToken cancellation)
    {
        var told = CarrierEvent.Parse(message);
        var (now, decision) = (clock.GetUtcNow(), default(ShipmentDecision));
        var order = await orders.ChangeAsync(told.OrderId, current => (decision = Decide(current, told, now)).Order, cancellation);
        if (order is null || decision is ShipmentDecision.Refuse { Problem.Status: 404 })
        {
            LogForeign(told.Carrier, told.EventId);
            return;
        }

        // What cannot be true of a parcel of ours needs a person: after some tries the message is on the poison queue.
        if (decision is ShipmentDecision.Refuse { Problem.Type: var reason }) throw new CarrierEventRefusedException(told.EventId, told.OrderId, reason);
        await index.WriteAsync(order, cancellation);
        LogApplied(told.EventId, told.Carrier, told.OrderId);
    }

    private static readonly Problem AnotherCarrier = new(409, "another-carrier", "This parcel is noted as another carrier's.");

    /// <summary>What staff call a carrier need not be what the settings call it; but where a parcel names another one, either is wrong.</summary>
    private ShipmentDecision Decide(Order order, CarrierEvent told, DateTimeOffset now)
    {
        var carrier = carriers.Value.CodeOf(FulfilmentProgress.Of(order).Find(told.Parcel)?.Shipment.Carrier);
        return carrier is null || carrier == told.Carrier
            ? ShipmentDecision.Record(order, told.ToShipmentEvent(), now)
            : new ShipmentDecision.Refuse(order, AnotherCarrier);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{EventId} of carrier {Carrier} is applied to order {OrderId}")]
    private partial void LogApplied(string eventId, string carrier, string orderId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event of carrier {Carrier} is about a parcel that is not this shop's: {EventId}")]
    private partial void LogForeign(string carrier, string eventId);
}

/// <summary>A carrier says of a parcel what cannot be: of one that was taken back or is noted as another carrier's, or before its order was placed.</summary>
public sealed class CarrierEventRefusedException(string eventId, string orderId, string reason)
    : Exception($"{eventId} cannot be applied to order {orderId}: {reason}.");
