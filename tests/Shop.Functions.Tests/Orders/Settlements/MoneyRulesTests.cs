using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tests.Architecture;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>The decision table, a test for each cell: before and after shipping, before and after refunds.</summary>
public sealed partial class MoneyRulesTests
{
    private static readonly Order Paid = Unpaid.With(Capture());
    private static readonly Order Shipped = Paid.With(Parcel());

    [Fact]
    public void Every_row_of_the_table_has_a_test()
    {
        var tests = ((Type[])[typeof(MoneyRulesTests), typeof(ReversalTests), typeof(PartsTests)]).SelectMany(type => type.GetMethods());
        var rows = tests.SelectMany(test => test.GetCustomAttributes<CellAttribute>()).Select(cell => cell.Row).Distinct();
        rows.Order().ShouldBe(Enum.GetValues<MoneyCase>().Order());
    }

    [Fact]
    public void The_readme_shows_the_same_rows()
    {
        var readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        var shown = Row().Matches(readme).Select(match => match.Groups[1].Value).ToList();
        shown.Order().ShouldBe(Enum.GetValues<MoneyCase>().Select(found => JsonNamingPolicy.SnakeCaseLower.ConvertName(found.ToString())).Order());
        foreach (var found in Enum.GetValues<MoneyCase>().Where(found => !MoneyRules.ChoicesOf(found).IsEmpty)) readme.ShouldContain($"`{MoneyRules.ReasonOf(found)}`");
    }

    [Fact]
    public void A_person_is_asked_about_exactly_those_rows_that_need_one() =>
        Enum.GetValues<MoneyCase>().Where(found => !MoneyRules.ChoicesOf(found).IsEmpty)
            .ShouldBe(Enum.GetValues<MoneyCase>().Where(found => MoneyRules.TreatmentOf(found) is MoneyTreatment.NeedsPerson or MoneyTreatment.AsksPerson));

    [Fact]
    [Cell(MoneyCase.LedgerFull)]
    public void A_fact_without_room_and_a_refund_that_would_have_none_are_seen_to_by_a_person()
    {
        static Order Filled(Order order) => Enumerable.Range(0, Order.MostLedgerEntries - order.Ledger.Length)
            .Aggregate(order, (filled, i) => filled.With(Capture($"x{i}", FactStatus.Denied)));
        var unrecorded = Filled(Paid).With(Refund(amount: 1));
        foreach (var order in new[] { unrecorded, Filled(Paid.With(Request(amount: 1))) })
        {
            var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
            (settlement.ReviewReason, settlement.Refunds.IsEmpty, settlement.MayShip).ShouldBe(("ledger_full", true, false));
            Expect(order.With(Parcel()), PaymentStatus.NeedsReview, FulfilmentStatus.Shipped);
            var accepted = Expect(order.Resolved(ReviewChoice.Accept), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
            (accepted.Refunds.IsEmpty, accepted.MayShip).ShouldBe((true, true));
        }
    }

    [Theory]
    [Cell(MoneyCase.RefundOffered)]
    [Cell(MoneyCase.NotDelivered)]
    [InlineData(ShipmentStatus.Returned, FulfilmentStatus.Returned, "refund_offered")]
    [InlineData(ShipmentStatus.Failed, FulfilmentStatus.Shipped, "not_delivered")]
    public void A_parcel_that_came_back_or_got_lost_asks_a_person_and_leaves_the_payment_as_it_is(ShipmentStatus heard, FulfilmentStatus goods, string reason)
    {
        var order = Shipped.With(new ShipmentEvent(1, "heard", heard, Noon.AddHours(1)));
        Expect(order, PaymentStatus.Paid, goods).Concerns.ShouldBeEmpty();
        var view = ReviewView.Of(order, null, Noon.AddDays(9)).ShouldNotBeNull();
        (view.Reason, view.Concerns.Single().Fact).ShouldBe((reason, "shipment:1"));
        view.Decisions.ShouldBe([ReviewChoice.Accept]);
        ReviewView.Of(order.With(Refund()), null, Noon.AddDays(9)).ShouldBeNull();
    }

    [Theory]
    [Cell(MoneyCase.SecondPayment)]
    [InlineData("stripe")]
    [InlineData("paypal")]
    public void A_second_payment_goes_back_whoever_took_it(string provider)
    {
        var order = Paid.With(Capture("second", minute: 5, provider: provider));
        var refund = Expect(order, PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).Refunds.ShouldHaveSingleItem();
        refund.Capture.Key.ShouldBe($"capture:{provider}:second");
        refund.Reference.ShouldBe(OwedRefund.Surplus);
        Expect(order.With(Parcel()), PaymentStatus.Paid, FulfilmentStatus.Shipped).Refunds.ShouldHaveSingleItem();
    }

    [Theory]
    [Cell(MoneyCase.PaidAfterEnd)]
    [InlineData(ClosingReason.Cancelled)]
    [InlineData(ClosingReason.Expired)]
    public void A_payment_after_the_end_goes_back(ClosingReason reason)
    {
        var order = (Unpaid with { Closed = new(Noon, reason) }).With(Capture());
        Expect(order, PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(Gross);
        Expect(order.With(Refund(reference: OwedRefund.Surplus)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();
    }

    [Theory]
    [Cell(MoneyCase.TooLittle)]
    [Cell(MoneyCase.TooMuch)]
    [Cell(MoneyCase.OtherCurrency)]
    [Cell(MoneyCase.AcceptedByPerson)]
    [InlineData(Gross - 1, "GBP", "paid_too_little")]
    [InlineData(Gross + 1, "GBP", "paid_too_much")]
    [InlineData(Gross, "EUR", "wrong_currency")]
    public void Odd_money_waits_for_a_person_who_takes_it_or_sends_it_back(long amount, string currency, string reason)
    {
        var order = Unpaid.With(Capture(amount: amount, currency: currency));
        var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        settlement.ReviewReason.ShouldBe(reason);
        settlement.Refunds.ShouldBeEmpty();
        settlement.MayShip.ShouldBeFalse();

        Expect(order.Resolved(ReviewChoice.Accept), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();
        var back = Expect(order.Resolved(ReviewChoice.Refund).Cancel(Noon.AddHours(1)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
        back.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(new(amount, currency));
        MoneyRules.ChoicesOf(settlement.Concerns[0].Case).ShouldNotContain(ReviewChoice.WriteOff);
    }

    [Fact]
    public void A_second_payment_after_a_person_has_taken_odd_money_goes_back() =>
        Expect(Unpaid.With(Capture("short", amount: 1)).Resolved(ReviewChoice.Accept).With(Capture(minute: 0)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled)
            .Refunds.ShouldHaveSingleItem().Capture.ObjectId.ShouldBe("pi_1");

    [Fact]
    [Cell(MoneyCase.OddButReturned)]
    public void Odd_money_that_went_back_is_as_if_it_had_never_come() =>
        Expect(Unpaid.With(Capture(amount: 500), Refund(amount: 500)), PaymentStatus.Failed, FulfilmentStatus.Unfulfilled).AwaitsPayment.ShouldBeTrue();

    [Fact]
    [Cell(MoneyCase.ReturnedTooMuch)]
    public void A_refund_beyond_what_was_captured_needs_a_person_and_so_does_the_next()
    {
        var order = Paid.With(Refund(amount: Gross + 1));
        Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("refunded_too_much");
        var settled = order.Resolved(ReviewChoice.WriteOff);
        Expect(settled, PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled).Concerns.ShouldBeEmpty();
        Expect(settled.With(Refund("re_2", amount: 1)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    [Cell(MoneyCase.DisputeOpen)]
    public void An_open_dispute_holds_what_has_not_left()
    {
        Expect(Paid.With(Dispute(FactStatus.Open)), PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeFalse();
        Expect(Shipped.With(Dispute(FactStatus.Open)), PaymentStatus.Disputed, FulfilmentStatus.Shipped).MayShip.ShouldBeFalse();
    }

    [Fact]
    [Cell(MoneyCase.DisputeWon)]
    public void A_dispute_that_is_won_changes_nothing()
    {
        Expect(Paid.With(Dispute(FactStatus.Won)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeTrue();
        Expect(Shipped.With(Dispute(FactStatus.Won)), PaymentStatus.Paid, FulfilmentStatus.Shipped);
        Expect(Paid.With(Refund(amount: 500), Dispute(FactStatus.Won)), PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled);
        Expect(Paid.With(Refund(), Dispute(FactStatus.Won)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    [Cell(MoneyCase.DisputeLost)]
    public void A_dispute_that_is_lost_is_money_returned_and_the_journal_says_so()
    {
        Expect(Paid.With(Dispute(FactStatus.Lost)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeFalse();
        var late = Shipped.With(Dispute(FactStatus.Lost));
        Expect(late, PaymentStatus.Refunded, FulfilmentStatus.Shipped);
        late.Journal[^1].ShouldBe(new JournalEntry(Noon.AddMinutes(3), "dispute_lost", "dispute:stripe:dp_1", Gross, "GBP"));
    }

    [Fact]
    public void A_dispute_about_money_that_is_refunded_already_holds_the_goods_and_is_a_loss_when_it_is_lost()
    {
        Expect(Paid.With(Refund(), Dispute(FactStatus.Open)), PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled);
        Expect(Paid.With(Refund(), Dispute(FactStatus.Lost)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("refunded_too_much");
        Expect(Paid.With(Refund(amount: 4_000), Dispute(FactStatus.Lost, amount: 8_000)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);
        Expect(Paid.With(Refund(amount: 4_000), Dispute(FactStatus.Lost)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    public void Money_that_a_bank_asks_for_is_not_refunded_as_well()
    {
        Settlement.Of(Cancelled.With(Capture(), Dispute(FactStatus.Open))).Refunds.ShouldBeEmpty();
        Settlement.Of(Cancelled.With(Capture(), Dispute(FactStatus.Lost))).Refunds.ShouldBeEmpty();
        Settlement.Of(Cancelled.With(Capture(), Dispute(FactStatus.Won))).Refunds.ShouldHaveSingleItem();
        Settlement.Of(Paid.With(Dispute(FactStatus.Open))).Refundable["GBP"].ShouldBe(0);
    }

    [Fact]
    public void The_latest_word_on_a_dispute_counts()
    {
        var reopened = Paid.With(Dispute(FactStatus.Open, minute: 3), Dispute(FactStatus.Won, minute: 4), Dispute(FactStatus.Open, amount: 500, minute: 5));
        Expect(reopened, PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled);
        reopened.Journal[^1].Kind.ShouldBe("dispute_reopened");
        reopened.Ledger.Single(fact => fact.Kind == FactKind.Dispute).Amount.ShouldBe(500);
        Expect(reopened.With(Dispute(FactStatus.Won, minute: 4)), PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled);
        Expect(Paid.With(Dispute(FactStatus.Lost, minute: 4), Dispute(FactStatus.Won, minute: 6)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    [Cell(MoneyCase.RefundKeepsFailing)]
    public void A_refund_that_keeps_failing_is_tried_again_or_written_off_as_a_person_decides()
    {
        var failures = Enumerable.Range(1, OwedRefunds.Attempts).Select(i => Refund($"re_{i}", status: FactStatus.Failed, reference: OwedRefund.Surplus));
        var order = Cancelled.With(Capture()).With([.. failures]);
        Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("refund_keeps_failing");

        Expect(order.Resolved(ReviewChoice.WriteOff), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();
        var again = order.Resolved(ReviewChoice.Refund);
        Settlement.Of(again).Refunds.ShouldHaveSingleItem().Number.ShouldBe(OwedRefunds.Attempts + 1);
        var more = Enumerable.Range(4, OwedRefunds.Attempts).Select(i => Refund($"re_{i}", status: FactStatus.Failed, reference: OwedRefund.Surplus));
        Expect(again.With([.. more]), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    [Cell(MoneyCase.OnItsWay)]
    [Cell(MoneyCase.Denied)]
    [Cell(MoneyCase.WholeTotal)]
    public void A_capture_moves_forward_only()
    {
        Expect(Unpaid.With(Capture(status: FactStatus.Pending)), PaymentStatus.Pending, FulfilmentStatus.Unfulfilled);
        Expect(Unpaid.With(Capture(status: FactStatus.Pending), Capture(status: FactStatus.Denied)), PaymentStatus.Failed, FulfilmentStatus.Unfulfilled);
        Expect(Unpaid.With(Capture(), Capture(status: FactStatus.Denied), Capture(status: FactStatus.Pending)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
        Expect(Unpaid.With(Capture(status: FactStatus.Reversed), Capture()), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
    }

    private static Settlement Expect(Order order, PaymentStatus payment, FulfilmentStatus fulfilment)
    {
        var settlement = Settlement.Of(order);
        (settlement.Payment, settlement.Fulfilment).ShouldBe((payment, fulfilment));
        return settlement;
    }

    [GeneratedRegex(@"^\| `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
