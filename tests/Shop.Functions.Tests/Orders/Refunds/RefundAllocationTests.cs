using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Tests.Architecture;
using Shop.Functions.Tracking;
using static Shop.Functions.Tests.Orders.Refunds.RefundLinesTests;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>Which goods money that went back was for: nobody keeps the price of what a customer does not get, because some other money went back.</summary>
public sealed class RefundAllocationTests
{
    private static readonly ByStaff Grace = new("finance", "grace");

    /// <summary>£100.00 paid for A of £60.00, which has left in parcel 1, and B of £40.00, which is in none.</summary>
    private static readonly Order Sold = (Unpaid with
    {
        Lines = [new("A", "Rack", 1, 5_000, 2_000, 5_000, 1_000, 6_000), new("B", "Shelf", 1, 4_000, 0, 4_000, 0, 4_000)],
        Net = 9_000,
        Vat = 1_000,
        Gross = 10_000,
    }).With(Capture(amount: 10_000)).With(Parcel() with { Lines = [new(0, 1)] });

    private static readonly Order Lost = Sold.Heard(1, ShipmentStatus.Failed);
    private static readonly Order Arrived = Sold.Heard(1, ShipmentStatus.Delivered);
    private static readonly Order LostAndReturned = Lost.With(Parcel(2) with { Lines = [new(1, 1)] }).Heard(2, ShipmentStatus.Returned);

    [Fact]
    public void What_is_paid_back_for_a_lost_parcel_is_not_what_is_paid_back_for_what_is_not_sent()
    {
        var refunded = Lost.Promised(RefundReasons.NotReceived, 6_000);
        Asks(refunded).ShouldBe(4_000);
        Closed(Promised(refunded, "b", null, ("B", 1))).ShouldNotBeNull("its price is promised as well");
    }

    [Theory]
    [InlineData(RefundReasons.Goodwill)]
    [InlineData(RefundReasons.Price)]
    [InlineData(RefundReasons.Faulty)]
    [InlineData(RefundReasons.Returned)]
    [InlineData(RefundReasons.WrongItem)]
    public void What_is_paid_back_on_what_has_arrived_is_not_for_what_has_not(string reason)
    {
        var refunded = Arrived.Promised(reason, 4_000);
        Asks(refunded).ShouldBe(4_000);
        ErasureDecision.BlockOf(refunded.Kept()).ShouldNotBeNull("it is paid, not sent and not paid back");
        foreach (var sent in new[] { Promised(refunded, "b", null, ("B", 1)), Promised(refunded, "b", new(3_000, "GBP"), ("B", 1)), refunded.Promised(RefundReasons.Other, 4_000) })
        {
            Closed(sent).ShouldNotBeNull("it is paid back as well");
            ErasureDecision.BlockOf(sent.Kept()).ShouldBeNull();
        }
    }

    [Fact]
    public void What_came_back_is_offered_though_as_much_went_back_for_what_is_lost()
    {
        Offer(LostAndReturned.Promised(RefundReasons.NotReceived, 6_000)).ShouldBe(4_000);
        Offer(Promised(LostAndReturned, "a", null, ("A", 1))).ShouldBe(4_000);
        // Nobody knows what it was for: either is paid back, and not both.
        var unclear = LostAndReturned.With(Refund(amount: 6_000));
        Offer(unclear).ShouldBeNull();
        ErasureDecision.BlockOf(unclear).ShouldNotBeNull();
        ErasureDecision.BlockOf(Promised(unclear, "a", new(2_000, "GBP"), ("A", 1)).Kept()).ShouldBeNull();
    }

    [Fact]
    public void Money_that_was_taken_off_an_offer_is_for_nothing_else_once_the_offer_is_taken()
    {
        var order = (Sold with { Lines = [.. Sold.Lines, new("C", "Cable", 1, 2_000, 0, 2_000, 0, 2_000)], Gross = 12_000, Net = 11_000, Ledger = [] })
            .With(Capture(), Refund(amount: 1_000)).Heard(1, ShipmentStatus.Returned).With(Parcel(2) with { Lines = [new(2, 1)] });
        Offer(order).ShouldBe(5_000);
        var taken = Promised(order, "a", new(5_000, "GBP"), ("A", 1));
        Offer(taken).ShouldBeNull();
        Asks(taken).ShouldBe(4_000);
        // So it is where it was on its way when the offer was taken, and arrives later.
        var pending = (order with { Ledger = [] }).With(Capture(), Refund(amount: 1_000, status: FactStatus.Pending));
        Offer(pending).ShouldBe(5_000);
        Asks(Promised(pending, "a", new(5_000, "GBP"), ("A", 1)).With(Refund(amount: 1_000, minute: 4_000))).ShouldBe(4_000);
        // What goes back afterwards is for what is left.
        Asks(taken.With(Refund("re_2", amount: 1_500, minute: 5_000))).ShouldBe(2_500);
    }

    [Fact]
    public void What_somebody_has_decided_that_nothing_more_goes_back_for_is_asked_for_no_more_and_frees_no_money()
    {
        var back = Sold.Heard(1, ShipmentStatus.Returned).With(Refund(amount: 5_000));
        Asks(back).ShouldBe(5_000);
        var decided = ReviewDecision.Of(back, new("accept", "agreed_with_customer"), "grace", Noon.AddDays(2)).ShouldBeOfType<ReviewDecision.Settle>().Order;
        Offer(decided).ShouldBeNull();
        Asks(decided).ShouldBe(4_000);
        Closed(Promised(decided, "b", null, ("B", 1))).ShouldNotBeNull();
    }

    [Fact]
    public void A_reduction_of_a_price_is_not_the_price_and_comes_off_it()
    {
        var reduced = Arrived.With(new RefundPromise("p", 500, "GBP", false, RefundReasons.Price, "grace", Noon.AddDays(1)) { Lines = [new(1, 1, 4_000)] });
        Asks(reduced).ShouldBe(3_500);
        Closed(reduced.Promised(RefundReasons.Other, 3_500)).ShouldNotBeNull();
    }

    [Fact]
    public void What_came_beyond_the_price_goes_back_before_anything_is_paid_back()
    {
        var order = (Arrived with { Ledger = [] }).With(Capture(amount: 14_000)).Resolved(ReviewChoice.Accept);
        Asks(order.With(Refund(amount: 4_000))).ShouldBe(4_000);
        Asks(order.With(Refund(amount: 5_000))).ShouldBe(3_000);
        Asks(order.Promised(RefundReasons.Price, 4_000).With(Refund(amount: 3_000, minute: 3_000))).ShouldBe(1_000);
        Closed(order.With(Refund(amount: 8_000))).ShouldNotBeNull();
    }

    /// <summary>A person has accepted money of another currency: that is the price then.</summary>
    [Fact]
    public void Where_another_currency_was_paid_it_goes_back_in_proportion()
    {
        var order = (Arrived with { Ledger = [] }).With(Capture(amount: 12_500, currency: "EUR")).Resolved(ReviewChoice.Accept);
        Asks(order).ShouldBe(5_000);
        var promised = order.With(new RefundPromise("p", 5_000, "EUR", false, RefundReasons.Other, "grace", Noon.AddDays(1)));
        Offer(Closed(promised)!).ShouldBeNull();
        Asks(order.With(new RefundPromise("p", 4_999, "EUR", false, RefundReasons.Other, "grace", Noon.AddDays(1)))).ShouldBe(2);
    }

    /// <summary>A carrier that could not hand a parcel over tries again: what is closed and paid stays so.</summary>
    [Fact]
    public void A_parcel_that_fails_later_takes_no_money_from_what_is_closed_or_has_come_back()
    {
        Offer(Closed(Sold.With(Refund(amount: 4_000)))!.Heard(1, ShipmentStatus.Failed)).ShouldBeNull();
        var returned = Sold.With(Parcel(2) with { Lines = [new(1, 1)] }).Heard(2, ShipmentStatus.Returned).With(Refund(amount: 4_000));
        Offer(returned.Heard(1, ShipmentStatus.Failed)).ShouldBeNull();
        // Before it is closed, money that nobody knows the reason of is what the lost parcel was paid back with.
        Asks(Lost.With(Refund(amount: 6_000))).ShouldBe(4_000);
    }

    [Fact]
    public void The_readme_shows_for_each_reason_what_it_pays()
    {
        var rows = File.ReadAllLines(Path.Combine(SourceTree.Root, "functions/README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        var words = new Dictionary<string, Whereabouts>
        {
            ["not sent any more"] = Whereabouts.NotSent,
            ["came back"] = Whereabouts.Returned,
            ["lost"] = Whereabouts.Lost,
            ["yet to be sent"] = Whereabouts.ToSend,
            ["on its way"] = Whereabouts.OnItsWay,
            ["arrived"] = Whereabouts.Arrived,
            ["no goods"] = (Whereabouts)(-1),
        };
        foreach (var reason in RefundReasons.All)
        {
            var cells = rows.Single(row => row.Split('|')[1].Contains($"`{reason}`", StringComparison.Ordinal)).Split('|');
            Places(cells[2]).ShouldBe([.. RefundReasons.PaysFor(reason).Remove(Whereabouts.ReturnedForGood)], reason);
            Places(cells[3]).ShouldBe([.. RefundReasons.PaysOfLinesFor(reason).Remove(Whereabouts.ReturnedForGood)], reason);
        }

        List<Whereabouts> Places(string cell) => [.. cell.Split(',', StringSplitOptions.TrimEntries).Select(word => words[word]).Where(place => place >= 0)];
    }

    private static long? Offer(Order order) => RefundOffer.Of(order, Settlement.Of(order))?.Amount.Amount;

    [Fact]
    public void A_lost_parcel_whose_lines_are_refunded_for_less_is_paid_back()
    {
        var lost = Promised(Lost.With(Parcel(2) with { Lines = [new(1, 1)] }).Heard(2, ShipmentStatus.Delivered), "a", new(5_000, "GBP"), ("A", 1));
        NextStep.Of(lost, Noon.AddDays(2))!.Kind.ShouldBe("refund");
        ErasureDecision.BlockOf(lost.Kept()).ShouldBeNull();
        NextStep.Of(lost.Kept(), Noon.AddDays(2)).ShouldBeNull();
    }

    /// <returns>How much is asked for before what is not sent can be closed; null where it is closed.</returns>
    private static long? Asks(Order order) => ShipmentDecision.CloseRemainder(order, _ => true, Noon.AddDays(3), Grace) is ShipmentDecision.Refuse { Problem: { Type: "refund-first" } problem }
        ? long.Parse(problem.Detail!.Split(' ')[0])
        : null;

    private static Order? Closed(Order order) => (ShipmentDecision.CloseRemainder(order, _ => true, Noon.AddDays(3), Grace) as ShipmentDecision.Change)?.Order;
}

file static class Stories
{
    public static Order Heard(this Order order, int parcel, ShipmentStatus kind) => order.With(new ShipmentEvent(parcel, $"{parcel}-{kind}", kind, Noon.AddDays(1)));

    /// <summary>A promise of no line in particular.</summary>
    public static Order Promised(this Order order, string reason, long amount) => order.With(
        new RefundPromise($"p{order.RefundPromises.Length}", amount, "GBP", false, reason, "grace", Noon.AddDays(1).AddMinutes(order.RefundPromises.Length)));

    /// <summary>Whatever is promised has arrived.</summary>
    public static Order Kept(this Order order) => Settlement.Of(order).Refunds.Index().Aggregate(
        order, (current, it) => current.With(Refund($"re_k{it.Index}", it.Item.Capture.ObjectId, amount: it.Item.Amount.Amount, minute: 3_000 + it.Index, reference: it.Item.Reference)));
}
