using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>What must hold for whatever providers say, in whatever order and however often they say it.</summary>
public sealed class LedgerProperties
{
    private static readonly Gen<LedgerEntry> Captures =
        from id in Gen.Choose(1, 3)
        from status in Gen.Elements(FactStatus.Pending, FactStatus.Denied, FactStatus.Completed, FactStatus.Completed, FactStatus.Completed, FactStatus.Reversed)
        from amount in Gen.Elements(Gross, Gross, Gross, Gross - 1, Gross + 1, 1)
        from currency in Gen.Elements("GBP", "GBP", "GBP", "EUR")
        from minute in Gen.Choose(0, 5)
        select Capture($"pi_{id}", status, amount, currency, minute);

    private static readonly Gen<LedgerEntry> Refunds =
        from id in Gen.Choose(1, 4)
        from status in Gen.Elements(FactStatus.Pending, FactStatus.Succeeded, FactStatus.Failed)
        from amount in Gen.Elements(Gross, Gross / 2, 1)
        from minute in Gen.Choose(0, 5)
        from reference in Gen.Elements(null, OwedRefund.Surplus, "r1", "r2")
        select Refund($"re_{id}", $"pi_{(id % 3) + 1}", status, amount, minute, reference);

    private static readonly Gen<LedgerEntry> Disputes =
        from status in Gen.Elements(FactStatus.Inquiry, FactStatus.Open, FactStatus.Won, FactStatus.Lost)
        from amount in Gen.Elements(Gross, Gross / 2)
        from minute in Gen.Choose(3, 6)
        from since in Gen.Choose(0, 3)
        select since == 0 ? Dispute(status, amount: amount, minute: minute) : Dispute(status, amount: amount, minute: minute).SettledSince(since);

    private static readonly Gen<LedgerEntry> Reversals =
        from id in Gen.Choose(1, 3)
        from amount in Gen.Elements(Gross, Gross / 2, 1)
        select Reversal($"rv_{id}", $"pi_{(id % 2) + 1}", amount);

    private static readonly Gen<LedgerEntry> Facts = Gen.Frequency((5, Captures), (3, Refunds), (1, Disputes), (1, Reversals));

    private static readonly Gen<ImmutableArray<LedgerEntry>> Stories = Facts.ListOf().Select(facts => facts.Take(12).ToImmutableArray());

    private static readonly Gen<Order> Orders = Gen.Elements(
        Unpaid, Unpaid, Cancelled, Unpaid.With(Request("r1", 5_000)), Unpaid.With(Request("r1", 5_000)).With(Request("r2", Gross - 5_000)), Cancelled.With(Request("r1", 5_000)));

    /// <summary>What went back or is on its way, by refund or because it was taken; all of it is held while a bank asks for some. There is one dispute at most.</summary>
    private static long Back(Order order, LedgerEntry capture)
    {
        var about = order.Ledger.Where(fact => fact.Parent == capture.Key).ToList();
        var refunds = about.Where(fact => fact is { Kind: FactKind.Refund, Status: not FactStatus.Failed }).ToList();
        var reversed = about.Where(fact => fact.Kind == FactKind.Reversal).Sum(fact => fact.Amount);
        var gone = refunds.Sum(refund => refund.Amount) + reversed;
        var dispute = about.SingleOrDefault(fact => fact.Kind == FactKind.Dispute);
        if (dispute is { Status: FactStatus.Open }) return Math.Max(capture.Amount, gone);
        if (dispute is not { Status: FactStatus.Lost }) return gone;
        return gone + Math.Max(0, dispute.Amount - reversed - refunds.Where(refund => refund.At >= dispute.SettledByRefundsSince && (refund.Reference is null || refund.At <= (dispute.SettledByRefundsUntil ?? dispute.At))).Sum(refund => refund.Amount));
    }

    [Fact]
    public void Any_order_and_any_duplicates_end_in_the_same_ledger_and_the_same_actions() => Properties.Holds(
        from start in Orders
        from story in Stories
        from shuffled in Gen.Shuffle(story.ToArray())
        from again in Gen.Shuffle(story.ToArray())
        select (start, story, retold: shuffled.Concat(again).ToImmutableArray()),
        it =>
        {
            var (told, retold) = (it.start.With(it.story), it.start.With(it.retold));
            retold.Ledger.ShouldBe(told.Ledger);
            Settlement.Of(retold).Payment.ShouldBe(Settlement.Of(told).Payment);
            Settlement.Of(retold).Refunds.ShouldBe(Settlement.Of(told).Refunds);
        },
        count: 4_000);

    [Fact]
    public void Hearing_it_all_again_changes_nothing_at_all() => Properties.Holds(
        from start in Orders from story in Stories select (start, story),
        it =>
        {
            var told = it.start.With(it.story);
            told.With(it.story).ShouldBeSameAs(told);
        });

    [Fact]
    public void No_status_ever_goes_back() => Properties.Holds(
        from start in Orders from story in Stories from late in Facts select (told: start.With(story), late),
        it =>
        {
            var after = it.told.With(it.late);
            // A dispute is opened again, and decided the other way on appeal.
            foreach (var fact in it.told.Ledger.Where(fact => fact.Kind != FactKind.Dispute)) ((int)after.Ledger.Single(other => other.Key == fact.Key).Status).ShouldBeGreaterThanOrEqualTo((int)fact.Status);
        });

    [Fact]
    public void Every_penny_received_is_accepted_or_back_or_owed_or_under_review() => Properties.Holds(
        from start in Orders from story in Stories select start.With(story),
        order =>
        {
            var settlement = Settlement.Of(order);
            if (settlement.ReviewReason is not null) return;
            foreach (var capture in order.Ledger.Where(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed }))
            {
                var back = Back(order, capture);
                var owed = settlement.Refunds.Where(refund => refund.Capture == capture).Sum(refund => refund.Amount.Amount);
                var surplus = settlement.Refunds.Any(refund => refund.Capture == capture && refund.Reference == OwedRefund.Surplus);
                var accepted = order.Closed is null && !surplus && capture.Amount == order.Gross && capture.Currency == order.Currency;
                (accepted || back + owed >= capture.Amount).ShouldBeTrue($"{capture.Key}: {back} back, {owed} owed of {capture.Amount}");
                (back + owed <= Math.Max(capture.Amount, back)).ShouldBeTrue("never more than came");
            }
        },
        count: 4_000);

    [Fact]
    public void Carrying_out_what_is_owed_leaves_nothing_owed() => Properties.Holds(
        from start in Orders from story in Stories select start.With(story),
        order =>
        {
            var made = Settlement.Of(order).Refunds.Select((refund, i) => new LedgerEntry(
                FactKind.Refund, "stripe", $"re_made_{i}", refund.Capture.Key, refund.Amount.Amount, refund.Amount.Currency, FactStatus.Succeeded, Noon.AddHours(1), refund.Reference));
            Settlement.Of(order.With([.. made])).Refunds.ShouldBeEmpty();
        });

    [Fact]
    public void Two_owed_refunds_never_share_an_idempotency_key() => Properties.Holds(
        from start in Orders from story in Stories select Settlement.Of(start.With(story)).Refunds,
        refunds => refunds.Select(refund => refund.IdempotencyKey).ShouldBeUnique());

    [Fact]
    public void At_most_one_payment_is_kept() => Properties.Holds(
        from start in Orders from story in Stories select start.With(story),
        order =>
        {
            var settlement = Settlement.Of(order);
            if (settlement.ReviewReason is not null) return;
            var kept = order.Ledger.Count(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed }
                && settlement.Refunds.All(refund => refund.Capture != fact)
                && Back(order, fact) < fact.Amount);
            kept.ShouldBeLessThanOrEqualTo(order.Closed is null ? 1 : 0);
        });

    [Fact]
    public void A_checkout_only_moves_forward_whoever_reports_it_first() => Properties.Holds(
        from states in Gen.Elements(Enum.GetValues<CheckoutState>()).NonEmptyListOf()
        from shuffled in Gen.Shuffle(states.ToArray())
        select (states, shuffled),
        it =>
        {
            var told = it.states.Aggregate(Unpaid, (order, state) => order.With(Checkout(state: state)));
            var retold = it.shuffled.Aggregate(Unpaid, (order, state) => order.With(Checkout(state: state)));
            retold.Checkouts.ShouldBe(told.Checkouts);
            told.Checkouts.ShouldHaveSingleItem().State.ShouldBe(it.states.Max());
        });

    [Fact]
    public void Vat_is_rounded_half_up() => Properties.Holds(
        from net in Gen.Choose(0, int.MaxValue) from rate in Gen.Choose(0, 10_000) select (net, rate),
        it => Vat.On(it.net, it.rate).ShouldBe((long)Math.Round(it.net * (decimal)it.rate / 10_000m, MidpointRounding.AwayFromZero)));

    [Fact]
    public void What_is_promised_and_what_is_left_never_exceed_what_is_there() => Properties.Holds(
        from start in Orders from story in Stories select start.With(story),
        order =>
        {
            var settlement = Settlement.Of(order);
            var there = order.Ledger.Where(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed, Currency: "GBP" })
                .Sum(capture => Math.Max(0, capture.Amount - Back(order, capture)));
            var owed = settlement.Refunds.Where(refund => refund.Amount.Currency == "GBP").Sum(refund => refund.Amount.Amount);
            (owed + settlement.Refundable.GetValueOrDefault("GBP")).ShouldBeLessThanOrEqualTo(there);
            foreach (var request in order.RefundPromises)
                settlement.Refunds.Where(refund => refund.Reference == request.Id).Sum(refund => refund.Amount.Amount).ShouldBeLessThanOrEqualTo(request.Amount);
        },
        count: 4_000);

    [Fact]
    public void Whatever_a_person_decides_settles_what_was_open_and_nothing_else() => Properties.Holds(
        from start in Orders from story in Stories from choice in Gen.Choose(0, 2) select (order: start.With(story), choice),
        it =>
        {
            var choices = ReviewDecision.ChoicesOf(it.order, Settlement.Of(it.order).Concerns);
            if (Settlement.Of(it.order).Concerns.IsEmpty || choices.IsEmpty) return;
            var wish = new ResolveReview.Request(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(choices[it.choice % choices.Length].ToString()), "Decided");
            var settled = ReviewDecision.Of(it.order, wish, "grace", Noon.AddHours(2)).ShouldBeOfType<ReviewDecision.Settle>();
            Settlement.Of(settled.Order).Concerns.Intersect(Settlement.Of(it.order).Concerns).ShouldBeEmpty();
            ReviewDecision.Of(settled.Order, wish, "grace", Noon.AddHours(3)).ShouldNotBeOfType<ReviewDecision.Settle>();
        },
        count: 4_000);
}
