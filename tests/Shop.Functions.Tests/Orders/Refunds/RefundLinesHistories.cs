using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using static Shop.Functions.Tests.Orders.Refunds.RefundLinesTests;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>Refunds that name lines among everything else that can happen to an order's money.</summary>
public sealed class RefundLinesHistories
{
    /// <summary>Gifts, more or less money than the price, promises taken back, people who refund at the provider, banks, and the end of the order.</summary>
    [Fact]
    public void Whatever_happens_to_the_money_no_line_is_named_twice_and_no_rate_is_credited_beyond_its_invoice() => Properties.Holds(Histories, steps =>
    {
        var order = steps.Aggregate(Start(steps[0]), (current, step) => Take(current, step) is var next && step.Seed % 2 == 0 ? next.Issued() : next).Issued();
        foreach (var (index, line) in order.Lines.Index())
        {
            var named = RefundLines.NamedBy(order.RefundPromises).Where(part => part.Line == index).ToList();
            named.Sum(part => part.Quantity).ShouldBeLessThanOrEqualTo(line.Quantity);
            if (named.Sum(part => part.Quantity) == line.Quantity && order.RefundPromises.All(promise => promise.WithdrawnAt is null)) named.Sum(part => part.Gross).ShouldBe(line.Gross);
        }

        if (order.Documents is not [var invoice, .. var notes]) return;
        notes.ShouldAllBe(note => note.Kind == DocumentKind.CreditNote && note.Gross > 0);
        foreach (var total in invoice.Totals)
        {
            var credited = VatCredit.SumOf(notes.Select(note => new VatCredit(note.RefundId, note.Totals)), total.VatBasisPoints);
            credited.Net.ShouldBeInRange(0, total.Net);
            credited.Vat.ShouldBeInRange(0, total.Vat);
        }

        if (order.Closed is not null && CaptureAccount.AllOf(order).Sum(capture => capture.Kept) == 0) notes.Sum(note => note.Gross).ShouldBe(invoice.Gross);
        var settlement = Settlement.Of(order);
        RefundAllocation.Of(order, settlement).Unpaid(Enum.GetValues<Whereabouts>()).ShouldBeInRange(0, order.Lines.Sum(line => line.Gross));
    });

    [Fact]
    public void An_order_that_leads_to_nobody_is_refunded_by_lines_as_any_other()
    {
        var order = Restriction.Restrict(Promised(Several.With(Capture(amount: Several.Gross)).With(Parcel()).Issued(), "a", null, ("BOOK", 1)));
        RefundDecision Of(string id, params ShipmentItem[] items) => RefundDecision.Of(order, new("returned", null, Lines: [.. items]), id, "grace", Noon.AddHours(1), []);
        Of("a", new ShipmentItem("BOOK", 1)).ShouldBeOfType<RefundDecision.Replay>();
        Of("a", new ShipmentItem("BOOK", 2)).ShouldBeOfType<RefundDecision.Refuse>().Problem.Type.ShouldBe("idempotency-key-reused");
        var promised = Of("b", new ShipmentItem("BOOK", 2)).ShouldBeOfType<RefundDecision.Promise>().Order;
        promised.RefundPromises[^1].By.ShouldBeNull();
        DueDocuments.Of(promised.With(Refund(amount: 1_000, reference: "b"))).ShouldHaveSingleItem().Totals.ShouldBe([new(0, 1_000, 0)]);
    }

    [Fact]
    public void A_gift_goes_back_with_what_costs_something_and_asks_nobody_for_money_by_itself()
    {
        var order = (Several with { Lines = [.. Several.Lines, new("GIFT", "Gift", 2, 0, 2_000, 0, 0, 0)] }).With(Capture(amount: Several.Gross))
            .With(Parcel() with { Lines = [new(0, 1), new(1, 3), new(2, 3), new(5, 1)] });
        ShipmentDecision.CloseRemainder(order, _ => true, Noon.AddDays(1), new("finance", "grace")).ShouldBeOfType<ShipmentDecision.Change>();
        var promised = Promised(order.Issued(), "a", null, ("BOOK", 1), ("GIFT", 1));
        promised.RefundPromises[^1].Amount.ShouldBe(500);
        DueDocuments.Of(promised.With(Refund(amount: 500, reference: "a"))).ShouldHaveSingleItem().Totals.ShouldBe([new(0, 500, 0)]);
    }

    /// <summary>Its failure was final, as far as anybody could know.</summary>
    [Fact]
    public void A_refund_that_arrives_after_its_promise_was_taken_back_names_nothing_any_more_and_its_money_counts()
    {
        var order = Promised(Several.With(Capture(amount: Several.Gross)).With(Parcel() with { Lines = [new(0, 1)] }), "a", null, ("BOOK", 3));
        order = WithdrawalDecision.Of(order, "a", "grace", Noon.AddHours(1)).ShouldBeOfType<WithdrawalDecision.Withdraw>().Order;
        var late = order.With(Refund(amount: 1_500, reference: "a"));
        RefundOffer.BeforeClosing(late, Settlement.Of(late))!.Amount.Amount.ShouldBe(1_199 + 1_500, "it was for what came back, as far as anybody said");
        Promised(late, "b", null, ("BOOK", 3)).Issued().Documents.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_people_refund_at_the_provider_meanwhile_leaves_a_promise_what_is_left()
    {
        var order = Promised(Several.With(Capture(amount: Several.Gross)).With(Parcel()).Issued(), "a", null, ("UPS-1500", 1)).With(Refund(amount: 10_000));
        Settlement.Of(order).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(5_239);
        order = order.With(Refund("re_2", amount: 5_239, minute: 9, reference: "a"));
        Settlement.Of(order).Payment.ShouldBe(PaymentStatus.Refunded);
        order.Issued().Documents.Skip(1).Sum(note => note.Gross).ShouldBe(Several.Gross);
        RefundAllocation.Of(order, Settlement.Of(order)).Unpaid(Enum.GetValues<Whereabouts>()).ShouldBe(0);
    }

    private sealed record Step(int Kind, int[] Quantities, int Share, int Seed);

    private static readonly Gen<ImmutableArray<Step>> Histories =
        from steps in (from kind in Gen.Choose(0, 7)
                       from quantities in Gen.Choose(0, 3).ArrayOf(4)
                       from share in Gen.Choose(1, 100)
                       from seed in Gen.Choose(0, 1_000)
                       select new Step(kind, quantities, share, seed)).ListOf(8)
        select steps.ToImmutableArray();

    /// <summary>Some cost nothing; of some more or less was accepted than they cost.</summary>
    private static Order Start(Step step)
    {
        ImmutableArray<OrderLine> lines = [.. step.Quantities.Index().Select(it => Line(it.Index, it.Item + 1, (step.Seed * (it.Index + 1) % 7) * 33))];
        var gross = Math.Max(1, lines.Sum(line => line.Gross));
        var order = Unpaid with { Lines = lines, Net = lines.Sum(line => line.Net), Vat = lines.Sum(line => line.Vat), Gross = gross };
        var odd = (step.Seed % 3) switch { 0 => gross, 1 => Math.Max(1, gross * step.Share / 100), _ => gross + step.Share };
        var paid = order.With(Capture(amount: odd));
        return Settlement.Of(paid).NeedsPerson ? paid.Resolved(ReviewChoice.Accept, minute: 2) : paid;
    }

    private static OrderLine Line(int index, int quantity, long unit)
    {
        var (net, rate) = (unit * quantity, index switch { 0 => 2_000, 1 => 500, 2 => 0, _ => 2_000 });
        return new($"SKU-{index}", "Shelf", quantity, unit, rate, net, Vat.On(net, rate), net + Vat.On(net, rate));
    }

    private static Order Take(Order order, Step step)
    {
        var (count, left) = (order.Ledger.Length + order.RefundPromises.Length, Settlement.Of(order).Refundable.GetValueOrDefault("GBP"));
        var items = order.Lines.Zip(step.Quantities).Where(it => it.Second > 0).Select(it => new ShipmentItem(it.First.Sku, Math.Min(it.Second, it.First.Quantity))).ToImmutableArray();
        switch (step.Kind)
        {
            case 0 or 1 or 2:
                var amount = step.Kind == 0 ? new Money(Math.Max(1, left * step.Share / 100), "GBP") : (Money?)null;
                return items.IsEmpty ? order : RefundDecision.Of(order, new(RefundReasons.All[step.Seed % 7], amount, Lines: items), $"p{count}", "grace", Noon.AddMinutes(10 + count), []).Order;
            case 3:
                return Settlement.Of(order).Refunds.FirstOrDefault() is { } owed
                    ? order.With(Refund($"re_{count}", amount: Math.Max(1, owed.Amount.Amount * (step.Seed % 2 == 0 ? 100 : step.Share) / 100), minute: 10 + count, reference: owed.Reference, status: step.Seed % 5 == 0 ? FactStatus.Failed : FactStatus.Succeeded))
                    : order;
            case 4:
                return order.RefundPromises is [.., var last] ? WithdrawalDecision.Of(order, last.Id, "grace", Noon.AddMinutes(10 + count)).Order : order;
            case 5:
                return left > 1 ? order.With(Refund($"re_{count}", amount: Math.Max(1, left * step.Share / 200), minute: 10 + count)) : order;
            case 6 when step.Seed % 4 == 0:
                return order.With(Dispute(FactStatus.Lost, amount: Math.Max(1, left * step.Share / 100), minute: 10 + count));
            case 7 when step.Seed % 2 == 0:
                return order.Cancel(Noon.AddMinutes(10 + count));
            default:
                return order;
        }
    }
}
