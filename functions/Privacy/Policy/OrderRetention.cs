using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Privacy.LegalHolds;

namespace Shop.Functions.Privacy.Policy;

/// <summary>What retention and erasure need to know of an order, and what they leave of it. Pure.</summary>
public static class OrderRetention
{
    /// <summary>A sale for the tax office: money came, whatever became of it. Anything else is an order that came to nothing.</summary>
    public static bool WasPaid(Order order) =>
        order.Ledger.Any(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed or FactStatus.Reversed } or { Kind: FactKind.Reversal });

    /// <summary>What starts the clock of the address: the last delivery, or where none is recorded, the last thing that happened to the order.</summary>
    public static DateTimeOffset DeliveryClock(Order order)
    {
        var progress = FulfilmentProgress.Of(order);
        if (progress is { IsAllSent: true, Shipments.IsEmpty: false } && progress.Shipments.All(parcel => parcel.Shipment.DeliveredAt is not null))
            return progress.Shipments.Max(parcel => parcel.Shipment.DeliveredAt!.Value);
        return order.Ledger.Select(fact => fact.At)
            .Concat(order.Shipments.Select(parcel => parcel.DeliveredAt ?? parcel.ShippedAt))
            .Concat(order.ShipmentEvents.Select(heard => heard.At))
            .Append(order.PlacedAt).Append(order.Closed?.At ?? order.PlacedAt).Max();
    }

    /// <summary>When money last moved for it.</summary>
    private static DateTimeOffset FiscalClock(Order order) => order.Ledger.Select(fact => fact.At).Append(order.PlacedAt).Max();

    /// <returns>Under which rule an order is kept, once it has no address any more, and until when.</returns>
    public static (DateOnly Due, string Rule) KeptUntil(Order order, RetentionPolicy policy)
    {
        if (!WasPaid(order)) return (policy.UnpaidOrderDue(order.PlacedAt), RetentionRules.UnpaidOrder);
        var isOneStopShop = IsOneStopShop(order);
        return (policy.FiscalDue(FiscalClock(order), isOneStopShop), isOneStopShop ? RetentionRules.OrderFiscalOss : RetentionRules.OrderFiscal);
    }

    /// <summary>Whether its records are wanted for as long as those of the one-stop shop: whatever else goes to a member state is exported at zero.</summary>
    private static bool IsOneStopShop(Order order) => VatTreatments.Of(order.CountryOfSupply, order.Lines) == VatTreatment.OneStopShop;

    public static bool HasDeliveryData(Order order) =>
        order.DeliveryAddress is not null || order.BillingAddress is not null || order.RequestHash.Length > 0 || order.Shipments.Any(parcel => parcel.TrackingNumber is not null || parcel.RequestHash is not null)
        || order.ShipmentEvents.Any(heard => heard.Place is not null);

    /// <returns>The order without its address and everything made from it; the very same order when there is none.</returns>
    public static Order WithoutDelivery(Order order) => HasDeliveryData(order)
        ? order with
        {
            DeliveryAddress = null,
            BillingAddress = null,
            DeliveryCountry = order.CountryOfSupply,
            RequestHash = "",
            Shipments = [.. order.Shipments.Select(parcel => parcel.Restricted())],
            ShipmentEvents = [.. order.ShipmentEvents.Select(heard => heard.Restricted())],
        }
        : order;

    /// <returns>What keeps the order as it is, beyond its time; null when nothing does.</returns>
    public static RetentionHold? HoldOf(Order order, LegallyHeld held)
    {
        if (held.Holds(order.AccountId, order.Id)) return RetentionHold.LegalHold;
        if (order.Ledger.Any(fact => fact.IsUndecidedDispute)) return RetentionHold.OpenDispute;
        return IsOpen(order) ? RetentionHold.OpenOrder : null;
    }

    /// <summary>Money is on its way, owed or in question.</summary>
    public static bool IsOpen(Order order)
    {
        var settlement = Settlement.Of(order);
        return settlement.AwaitsPayment
            || settlement.Payment is PaymentStatus.NeedsReview
            || settlement.Refunds.Length > 0
            || order.Ledger.Any(fact => fact.Status == FactStatus.Pending);
    }
}
