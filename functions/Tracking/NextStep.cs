using Shop.Functions.Orders;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tracking;

/// <summary>What happens next to an order, as its customer reads it.</summary>
/// <param name="Kind">For programs: it never changes its meaning.</param>
/// <param name="Text">For people: one sentence.</param>
/// <param name="Shipment">The number of the parcel that it is about.</param>
/// <param name="ExpectedBy">Until when, where the shop or the carrier has said so; nobody guesses.</param>
public sealed record NextStep(string Kind, string Text, int? Shipment = null, DateTimeOffset? ExpectedBy = null)
{
    private static readonly NextStep Refund = new("refund", "Your refund goes to your bank or card.");
    private static readonly NextStep ConfirmPayment = new("confirm_payment", "Your bank confirms the payment.");
    private static readonly NextStep CheckPayment = new("check_payment", "We look into your payment; until then nothing leaves.");
    private static readonly NextStep CheckReturn = new("check_return", "We check what has come back to us.");

    /// <summary>
    /// How long after the last that was heard of a parcel, or the time it was expected by, something is still to be expected: not
    /// every carrier tells of a parcel's end, and not every return is refunded whole.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(14);

    /// <returns>Null when nothing is expected to happen any more.</returns>
    public static NextStep? Of(Order order, DateTimeOffset now)
    {
        var (settlement, progress) = (Settlement.Of(order), FulfilmentProgress.Of(order));
        if (settlement.AwaitsPayment) return OfPayment(order, settlement);
        // What is under way goes on, whatever becomes of the money.
        if (Coming(order, settlement, progress, now) is { } parcel) return Of(parcel);
        if (settlement.Payment is PaymentStatus.NeedsReview or PaymentStatus.Disputed) return CheckPayment;
        if (settlement.MayShip && order.DeliveryAddress is not null && ShippableGoods.HasAny(order))
            return new("dispatch", progress.Shipments.IsEmpty ? "We pack and send your order." : "We send the rest of your order.");
        if (GoesBack(order, settlement)) return Refund;
        return IsJustBack(progress, now) && GoodsConcerns.Of(order, settlement, now).Any(concern => concern.Case == MoneyCase.RefundOffered) ? CheckReturn : null;
    }

    /// <returns>A tag for what is shown of an order: time alone can change what comes next.</returns>
    public static string TagOf(Order order, NextStep? next) => ETags.OfText(next is not null ? $"{order.Tag} {next.Kind} {next.Shipment}" : order.Tag);

    private static NextStep OfPayment(Order order, Settlement settlement) => settlement.Payment switch
    {
        PaymentStatus.Pending => ConfirmPayment,
        PaymentStatus.Failed => new("pay", "You try the payment again, or choose another way to pay.", null, order.ExpiresAt),
        _ => new("pay", "You pay for the order.", null, order.ExpiresAt),
    };

    private static bool GoesBack(Order order, Settlement settlement) =>
        !settlement.Refunds.IsEmpty || !settlement.WaitingRefunds.IsEmpty
        || order.Ledger.Any(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Pending });

    /// <returns>Of the parcels that are under way the one that is nearest.</returns>
    private static ShipmentProgress? Coming(Order order, Settlement settlement, FulfilmentProgress progress, DateTimeOffset now)
    {
        var underWay = progress.Shipments.Where(parcel => parcel.Status is not (ShipmentStatus.Delivered or ShipmentStatus.Returned) && now < parcel.HeardAt + Patience);
        // Nobody tries again to deliver what has been paid back.
        if (progress.Shipments.Any(parcel => parcel.Status == ShipmentStatus.Failed) && GoodsConcerns.AreLostPaidBack(order, settlement))
            underWay = underWay.Where(parcel => parcel.Status != ShipmentStatus.Failed);
        return underWay.OrderBy(parcel => parcel.Status == ShipmentStatus.Failed).ThenByDescending(parcel => parcel.Status).ThenBy(parcel => parcel.Shipment.Number).FirstOrDefault();
    }

    private static bool IsJustBack(FulfilmentProgress progress, DateTimeOffset now) =>
        progress.Shipments.Any(parcel => parcel.Status == ShipmentStatus.Returned && now < parcel.HeardAt + Patience);

    private static NextStep Of(ShipmentProgress parcel)
    {
        var (kind, text) = parcel.Status switch
        {
            ShipmentStatus.AwaitingCollection => ("collection", "The carrier collects your parcel."),
            ShipmentStatus.OutForDelivery => ("delivery", "Your parcel is handed over to you."),
            ShipmentStatus.Failed => ("new_attempt", "The carrier tries again, or gets in touch with you."),
            _ => ("delivery", "The carrier brings your parcel."),
        };
        return new(kind, text, parcel.Shipment.Number, parcel.ExpectedBy);
    }
}
