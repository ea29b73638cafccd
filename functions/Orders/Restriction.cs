using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary>What is left of an order once nobody's account leads to it: what tax law wants, and what money on its way needs. Pure.</summary>
public static class Restriction
{
    /// <summary>Nobody's account leads to the order, so nothing would ever take what somebody writes there about a person.</summary>
    public static readonly Problem NoteNotKept =
        new(422, "note-not-kept", "The account of this order is gone, and a note about a person would outlive it: leave the note out.");

    /// <returns>
    /// The order of somebody who has gone: restricted, and cancelled unless something of it has left, for there is nobody to
    /// send it to. Whatever was or will be received for it goes back.
    /// </returns>
    public static Order WithoutAccount(Order order, DateTimeOffset now) => Restrict(order.HasShipped ? order : order.Cancel(now));

    /// <returns>
    /// The order without anything of a person: no account, address, purchase order number, tracking number, page or note, and
    /// of the staff their roles. Refunds and disputes still find it, for they go by its id. The very same order when nothing
    /// is left to take.
    /// </returns>
    public static Order Restrict(Order order)
    {
        var restricted = order with
        {
            AccountId = "",
            DeliveryAddress = null,
            BillingAddress = null,
            DeliveryCountry = order.CountryOfSupply,
            RequestHash = "",
            PurchaseOrderNumber = null,
            Checkouts = [.. order.Checkouts.Select(checkout => checkout.Restricted())],
            Shipments = [.. order.Shipments.Select(shipment => shipment.Restricted())],
            ShipmentEvents = [.. order.ShipmentEvents.Select(heard => heard.Restricted())],
            Journal = [.. order.Journal.Select(entry => entry.Restricted())],
            RefundPromises = [.. order.RefundPromises.Select(request => request.Restricted())],
            Resolutions = [.. order.Resolutions.Select(resolution => resolution.Restricted())],
        };
        return IsRestricted(order) ? order : restricted;
    }

    /// <returns>True when no account leads to it and none of what <see cref="Restrict"/> takes is left.</returns>
    public static bool IsRestricted(Order order) =>
        order is { AccountId: "", DeliveryAddress: null, BillingAddress: null, RequestHash: "", PurchaseOrderNumber: null }
        && order.Checkouts.All(checkout => checkout == checkout.Restricted())
        && order.Shipments.All(shipment => shipment == shipment.Restricted())
        && order.ShipmentEvents.All(heard => heard == heard.Restricted())
        && order.Journal.All(entry => entry == entry.Restricted())
        && order.RefundPromises.All(request => request == request.Restricted())
        && order.Resolutions.All(resolution => resolution == resolution.Restricted());
}
