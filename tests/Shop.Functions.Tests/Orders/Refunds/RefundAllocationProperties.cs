using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Erasures;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>Whatever is in which parcel, wherever parcels are, and whatever goes back for whichever reason.</summary>
public sealed class RefundAllocationProperties
{
    private static readonly Whereabouts[] All = Enum.GetValues<Whereabouts>();

    [Fact]
    public void No_money_pays_for_two_goods_and_nothing_is_closed_or_erased_whose_price_is_kept() => Properties.Holds(Orders, order =>
    {
        var (settlement, gross) = (Settlement.Of(order), order.Lines.Sum(line => line.Gross));
        var kept = order.RefundPromises.Where(promise => promise.Lines is not null && !RefundReasons.IsReduction(promise.Reason)).ToList();
        var deducted = kept.Sum(promise => promise.Lines!.Value.Sum(part => part.Gross) - promise.Amount);
        (gross - RefundAllocation.Of(order, settlement).Unpaid(All)).ShouldBeInRange(0, settlement.GoneBack["GBP"] + deducted);
        if (settlement.Refundable["GBP"] == 0) return;

        if (Close(order) is ShipmentDecision.Change) ShouldCover(order, kept, Whereabouts.ToSend);
        var arrived = Arrive(order);
        if (order.HasShipped && ErasureDecision.BlockOf(arrived) is null) ShouldCover(arrived, kept, Whereabouts.ToSend, Whereabouts.OnItsWay, Whereabouts.Lost);
    });

    [Fact]
    public void What_is_asked_for_can_be_refunded_and_what_is_closed_asks_for_nothing_more() => Properties.Holds(Orders, order =>
    {
        if (!order.HasShipped) return;
        // Who names what is asked for, whatever is deducted, gets through; so does who refunds that and what is lost.
        for (var i = 0; Close(order) is ShipmentDecision.Refuse { Problem.Type: "refund-first" } refuse; i++)
        {
            i.ShouldBeLessThan(6);
            var (offer, left) = (RefundOffer.BeforeClosing(order, Settlement.Of(order)).ShouldNotBeNull(), Settlement.Of(order).Refundable["GBP"]);
            refuse.Problem.Detail!.ShouldStartWith($"{offer.Amount.Amount} ");
            offer.Amount.Amount.ShouldBeInRange(1, left);
            order = offer.Lines.IsEmpty
                ? order.With(new RefundPromise($"x{i}", Math.Min(left, offer.Amount.Amount + RefundAllocation.Of(order, Settlement.Of(order)).Unpaid(Whereabouts.Lost)), "GBP", false, RefundReasons.Other, "grace", Noon.AddDays(1)))
                : RefundLinesTests.Promised(order, $"x{i}", new(1, "GBP"), [.. RefundLines.ItemsOf(order, offer.Lines).Select(item => (item.Sku, item.Quantity))]);
        }

        if (Close(order) is not ShipmentDecision.Change { Order: var closed }) return;
        RefundOffer.Of(closed, Settlement.Of(closed)).ShouldBeNull();
        foreach (var promise in closed.RefundPromises)
        {
            if (WithdrawalDecision.Of(closed, promise.Id, "grace", Noon.AddDays(2)) is not WithdrawalDecision.Withdraw { Order: var without }) continue;
            RefundAllocation.Of(without, Settlement.Of(without)).Unpaid(Whereabouts.NotSent).ShouldBe(0);
        }
    });

    /// <summary>Said otherwise than the code says it: these lines are named by what is for them, or there is money that can be for them.</summary>
    private static void ShouldCover(Order order, List<RefundPromise> kept, params Whereabouts[] places)
    {
        var named = RefundLines.NamedBy(kept);
        var money = Settlement.Of(order).GoneBack["GBP"] - order.RefundPromises
            .Where(promise => kept.Contains(promise) || promise.Reason is not (RefundReasons.Other or RefundReasons.NotReceived))
            .Where(promise => promise.Lines is null || kept.Contains(promise)).Sum(promise => promise.Amount);
        var progress = FulfilmentProgress.Of(order);
        var due = 0L;
        foreach (var (index, line) in order.Lines.Index())
        {
            var quantity = places.Contains(Whereabouts.ToSend) ? progress.Left[index] : 0;
            foreach (var parcel in progress.Shipments.Where(parcel => places.Contains(parcel.Status == ShipmentStatus.Failed ? Whereabouts.Lost : Whereabouts.OnItsWay)
                && parcel.Status is not (ShipmentStatus.Delivered or ShipmentStatus.Returned)))
                quantity += parcel.Lines.Where(part => part.Line == index).Sum(part => part.Quantity);
            due += line.Gross / line.Quantity * Math.Max(0, quantity - named.Where(part => part.Line == index).Sum(part => part.Quantity));
        }

        due.ShouldBeLessThanOrEqualTo(money);
    }

    private static ShipmentDecision Close(Order order) => ShipmentDecision.CloseRemainder(order, _ => true, Noon.AddDays(3), new("finance", "grace"));

    /// <summary>All that is promised has gone back.</summary>
    private static Order Arrive(Order order) => Settlement.Of(order).Refunds.Index().Aggregate(
        order, (current, it) => current.With(Refund($"re_k{it.Index}", amount: it.Item.Amount.Amount, minute: 3_000 + it.Index, reference: it.Item.Reference)));

    private sealed record Step(int Kind, int[] Quantities, ShipmentStatus Status, string Reason, int Share);

    private static readonly Gen<Step> Steps =
        from kind in Gen.Choose(0, 4)
        from quantities in Gen.Choose(0, 2).ArrayOf(3)
        from status in Gen.Elements(Enum.GetValues<ShipmentStatus>())
        from reason in Gen.Elements(RefundReasons.All.ToArray())
        from share in Gen.Choose(1, 100)
        select new Step(kind, quantities, status, reason, share);

    private static readonly Gen<Order> Orders =
        from steps in Steps.ListOf(6)
        from prices in Gen.Choose(0, 40).ArrayOf(3)
        from quantities in Gen.Choose(1, 3).ArrayOf(3)
        select Play([.. prices.Zip(quantities).Index().Select(it => new OrderLine($"SKU-{it.Index}", "Shelf", it.Item.Second, it.Item.First * 100, 0, it.Item.First * it.Item.Second * 100, 0, it.Item.First * it.Item.Second * 100))], steps);

    private static Order Play(ImmutableArray<OrderLine> lines, IEnumerable<Step> steps)
    {
        var gross = Math.Max(1, lines.Sum(line => line.Gross));
        var order = Unpaid with { Lines = lines, Net = gross, Vat = 0, Gross = gross };
        return steps.Aggregate(order.With(Capture(amount: gross)), (current, step) => Take(current, step));
    }

    private static Order Take(Order order, Step step)
    {
        var (minute, refundable) = (10 + order.RefundPromises.Length + order.Ledger.Length + order.Shipments.Length, Settlement.Of(order).Refundable.GetValueOrDefault("GBP"));
        var items = order.Lines.Index().Where(line => step.Quantities[line.Index] > 0).Select(line => new ShipmentItem(line.Item.Sku, step.Quantities[line.Index])).ToImmutableArray();
        switch (step.Kind)
        {
            case 0 or 1:
                var progress = FulfilmentProgress.Of(order);
                var parts = order.Lines.Index().Select(line => new ShipmentLine(line.Index, Math.Min(step.Quantities[line.Index], progress.Left[line.Index]))).Where(part => part.Quantity > 0).ToImmutableArray();
                if (parts.IsEmpty) return order;
                var number = order.Shipments.Length + 1;
                return order.With(Parcel(number) with { Lines = parts }).With(new ShipmentEvent(number, $"e{number}", step.Status, Noon.AddHours(1)));
            case 2 when refundable > 0:
                return order.With(Refund($"re_{minute}", amount: Math.Max(1, refundable * step.Share / 300), minute: minute));
            case 3 when refundable > 0:
                return order.With(new RefundPromise($"p{minute}", Math.Max(1, refundable * step.Share / 300), "GBP", false, step.Reason, "grace", Noon.AddMinutes(minute)));
            case 4 when !items.IsEmpty && RefundLines.Of(order, items) is { Problem: null, Lines: var named }:
                var amount = new Money(Math.Min(refundable, named.Sum(part => part.Gross) * step.Share / 50), "GBP");
                return amount.Amount > 0 && RefundDecision.Of(order, new(step.Reason, amount, Lines: items), $"p{minute}", "grace", Noon.AddMinutes(minute), []) is RefundDecision.Promise promise ? promise.Order : order;
            default:
                return order;
        }
    }
}
