using System.Collections.Immutable;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders.Refunds;

/// <summary>
/// Which goods of an order the money was for that went back or is promised back: whoever asks whether something is paid back is answered
/// from here. functions/README.md has the rule as a table. Pure.
/// </summary>
public sealed class RefundAllocation
{
    private readonly Order order;
    private readonly RefundedMoney money;

    /// <summary>What no promise that stands names.</summary>
    private readonly GoodsByPlace unnamed;

    /// <summary>What promises that are kept name.</summary>
    private readonly GoodsByPlace paidBack;

    /// <summary>What of the price of goods has not gone back: minor units of the order's currency, by place and line.</summary>
    private readonly long[,] unpaid;

    /// <summary>What is missing of the price of lines that are paid for: it was kept, but for what had gone back before, which is for nothing else then.</summary>
    private readonly List<(ImmutableHashSet<Whereabouts> Places, DateTimeOffset At, long Amount)> missing = [];

    private RefundAllocation(Order order, Settlement settlement, bool closing)
    {
        (this.order, money, unnamed, paidBack) = (order, RefundedMoney.Of(order, settlement), GoodsByPlace.Of(order, closing), new(order.Lines.Length));
        unpaid = new long[GoodsByPlace.Places.Length, unnamed.Lines];
        Price(GoodsByPlace.Of(order, closing));
        foreach (var part in money.Parts) Pay(part);
        if (money.IsAllBack) Array.Clear(unpaid);
    }

    /// <param name="closing">As it is asked before what is in no parcel is closed: delivery is for nothing then, once all that was sent has come back.</param>
    public static RefundAllocation Of(Order order, Settlement settlement, bool closing = false) => new(order, settlement, closing);

    /// <summary>In which the order was paid.</summary>
    public string Currency => money.Currency;

    public bool IsInCurrencyOfOrder => money.Currency == order.Currency;

    /// <returns>How much of a line in a place promises name that are kept: it is paid for, whatever was deducted.</returns>
    public int PaidBack(Whereabouts place, int line) => paidBack[place, line];

    /// <returns>What of the price of goods in these places has not gone back, in minor units of the order's currency.</returns>
    public long Unpaid(params ReadOnlySpan<Whereabouts> places)
    {
        var sum = 0L;
        foreach (var place in places)
        {
            for (var line = 0; line < unnamed.Lines; line++) sum += unpaid[(int)place, line];
        }

        return sum;
    }

    /// <returns>As much in the currency in which the order was paid.</returns>
    public long InCurrency(long price) =>
        IsInCurrencyOfOrder ? price : (long)((((Int128)price * money.Paid) + order.Gross - 1) / order.Gross);

    /// <returns>What no promise that stands names of what is in these places, with its price.</returns>
    public ImmutableArray<RefundLine> Unnamed(params Whereabouts[] places) => RefundLines.Freeze(
        order,
        Enumerable.Range(0, unnamed.Lines).Select(line => new ShipmentLine(line, places.Sum(place => unnamed[place, line]))).Where(part => part.Quantity > 0),
        RefundLines.NamedBy(order.RefundPromises));

    /// <summary>What a promise that is kept names is paid for, whatever was deducted; all other goods have their price still to go back.</summary>
    private void Price(GoodsByPlace open)
    {
        var standing = order.RefundPromises.Where(promise => promise is { WithdrawnAt: null, Lines: not null });
        foreach (var promise in standing.OrderBy(promise => promise.At).ThenBy(promise => promise.Id, StringComparer.Ordinal))
        {
            var places = RefundReasons.PaysOfLinesFor(promise.Reason);
            var taken = promise.Lines!.Value.SelectMany(part => unnamed.Take(places, part.Line, part.Quantity).Select(it => (part.Line, it.Place, it.Quantity))).ToList();
            if (!money.Paying.Contains(promise)) continue;
            foreach (var (line, place, quantity) in taken) (open[place, line], paidBack[place, line]) = (open[place, line] - quantity, paidBack[place, line] + quantity);
            // Closing what is in no parcel changes nothing of what money is for.
            missing.Add(([.. taken.Select(it => it.Place == Whereabouts.NotSent ? Whereabouts.ToSend : it.Place)], promise.At, promise.Lines.Value.Sum(part => part.Gross) - promise.Amount));
        }

        var named = RefundLines.NamedBy(money.Paying);
        foreach (var place in GoodsByPlace.Places)
        {
            var parts = Enumerable.Range(0, open.Lines).Where(line => open[place, line] > 0).Select(line => new ShipmentLine(line, open[place, line]));
            var frozen = RefundLines.Freeze(order, parts, named);
            foreach (var part in frozen) unpaid[(int)place, part.Line] = part.Gross;
            named = named.AddRange(frozen);
        }
    }

    private void Pay(RefundedMoney.Part part)
    {
        var amount = part.Amount;
        foreach (var place in part.PaysFor)
        {
            for (var i = 0; part.Lines is null && i < missing.Count; i++)
            {
                if (part.At > missing[i].At || !missing[i].Places.Contains(place)) continue;
                var gone = Math.Min(amount, missing[i].Amount);
                (amount, missing[i]) = (amount - gone, missing[i] with { Amount = missing[i].Amount - gone });
            }

            for (var line = 0; line < unnamed.Lines; line++)
            {
                if (part.Lines?.All(named => named.Line != line) == true) continue;
                var gone = Math.Min(amount, unpaid[(int)place, line]);
                (amount, unpaid[(int)place, line]) = (amount - gone, unpaid[(int)place, line] - gone);
            }
        }
    }
}
