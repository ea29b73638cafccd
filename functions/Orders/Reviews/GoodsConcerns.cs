using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders.Reviews;

/// <summary>
/// What a person must see to because of where goods are: a parcel that has come back, and its refund is not promised; a parcel that
/// could not be handed over, and nobody has said anything of it since. It holds nothing, and stands beside what the money itself asks. Pure.
/// </summary>
public static class GoodsConcerns
{
    /// <summary>A carrier tries again on the days after, and then keeps a parcel for its customer: before that there is nothing to see to.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromDays(7);

    /// <returns>Those about which nobody has decided, a parcel each.</returns>
    public static ImmutableArray<ReviewConcern> Of(Order order, Settlement settlement, DateTimeOffset now)
    {
        if (!CanHaveAny(order)) return [];
        var parcels = FulfilmentProgress.Of(order).Shipments;
        var back = RefundOffer.Of(order, settlement) is null ? [] : parcels.Where(parcel => parcel.Status == ShipmentStatus.Returned).Select(parcel => Concern(MoneyCase.RefundOffered, parcel));
        var lost = Lost(order, settlement, parcels).Where(parcel => parcel.HeardAt + Patience <= now).Select(parcel => Concern(MoneyCase.NotDelivered, parcel));
        return [.. back.Concat(lost).Where(concern => IsOpen(order, concern))];
    }

    /// <returns>When one comes up by itself, for nothing is heard of a parcel; null when none does.</returns>
    public static DateTimeOffset? NextAt(Order order, DateTimeOffset now)
    {
        if (!CanHaveAny(order)) return null;
        return Lost(order, Settlement.Of(order), FulfilmentProgress.Of(order).Shipments)
            .Where(parcel => IsOpen(order, Concern(MoneyCase.NotDelivered, parcel)))
            .Select(parcel => (DateTimeOffset?)(parcel.HeardAt + Patience)).Where(time => time > now).Min();
    }

    /// <returns>Whether a change of an order brings one, now or in some days.</returns>
    public static bool IsNew(Order before, Order after) => AllOf(after).Except(AllOf(before)).Any();

    /// <returns>Those that it has, or will have if nothing more is heard.</returns>
    public static ImmutableArray<ReviewConcern> AllOf(Order order) => CanHaveAny(order) ? Of(order, Settlement.Of(order), DateTimeOffset.MaxValue) : [];

    /// <summary>Most orders have no such parcel.</summary>
    private static bool CanHaveAny(Order order) => order.ShipmentEvents.Any(heard => heard.Kind is ShipmentStatus.Returned or ShipmentStatus.Failed);

    private static IEnumerable<ShipmentProgress> Lost(Order order, Settlement settlement, ImmutableArray<ShipmentProgress> parcels)
    {
        var lost = parcels.Where(parcel => parcel.Status == ShipmentStatus.Failed).ToList();
        return lost.Count > 0 && AreLostPaidBack(order, settlement) ? [] : lost;
    }

    /// <returns>Whether the price of what could not be handed over has gone back or is promised. While a bank asks for it, money looks as if it had.</returns>
    public static bool AreLostPaidBack(Order order, Settlement settlement) =>
        !order.IsDisputed && settlement.GoneBack.Values.Any(amount => amount > 0) && RefundAllocation.Of(order, settlement).Unpaid(Whereabouts.Lost) == 0;

    /// <returns>Whether somebody has decided that nothing more goes back for a parcel that came back.</returns>
    public static bool IsDecided(Order order, ShipmentProgress parcel) => !order.Resolutions.IsEmpty && !IsOpen(order, Concern(MoneyCase.RefundOffered, parcel));

    private static ReviewConcern Concern(MoneyCase about, ShipmentProgress parcel) => new(about, parcel.Shipment.JournalKey);

    private static bool IsOpen(Order order, ReviewConcern concern) => !order.Resolutions.Any(resolution => resolution.Covers(concern));
}
