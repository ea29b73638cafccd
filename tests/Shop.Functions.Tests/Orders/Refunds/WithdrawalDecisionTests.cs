using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>What can be promised back, and until when that can be taken back (issue 10, C 8).</summary>
public sealed class WithdrawalDecisionTests
{
    private static readonly Order Promised = Unpaid.With(Capture()).With(Request(amount: 5_000));

    [Fact]
    public void Issue_10_8_what_was_taken_back_is_owed_no_more_and_can_be_promised_again()
    {
        Settlement.Of(Promised).Refunds.ShouldHaveSingleItem();
        var order = Of(Promised).ShouldBeOfType<WithdrawalDecision.Withdraw>().Order;
        Settlement.Of(order).Refunds.ShouldBeEmpty();
        Settlement.Of(order).Refundable["GBP"].ShouldBe(Gross);
        RefundView.Find(order, "r1")!.Status.ShouldBe(RefundProgress.Withdrawn);
        order.RefundPromises[0].WithdrawnBy.ShouldBe("grace");
        Of(order).ShouldBeOfType<WithdrawalDecision.Replay>().Order.ShouldBeSameAs(order);
        OrderEntity.Of(order).ToOrder().RefundPromises.ShouldBe(order.RefundPromises);
    }

    [Fact]
    public void Issue_10_8_nothing_is_taken_back_that_may_be_on_its_way()
    {
        var asked = Promised.WithSent("r1", Noon.AddMinutes(6));
        Refused(asked).ShouldBe("refund-sent");
        Refused(asked.With(Refund(status: FactStatus.Pending, amount: 5_000, minute: 7, reference: "r1"))).ShouldBe("refund-sent");
        Refused(asked.With(Refund(status: FactStatus.Failed, amount: 5_000, minute: 5, reference: "r1"))).ShouldBe("refund-sent", "that was an earlier try");
        var failed = asked.With(Refund(status: FactStatus.Failed, amount: 5_000, minute: 7, reference: "r1"));
        Of(failed).ShouldBeOfType<WithdrawalDecision.Withdraw>();
        Refused(failed.WithSent("r1", Noon.AddMinutes(20))).ShouldBe("refund-sent");
        WithdrawalDecision.Of(Promised, "r2", "grace", Noon).ShouldBeOfType<WithdrawalDecision.Refuse>().Problem.Status.ShouldBe(404);
    }

    [Fact]
    public void Issue_10_12_what_a_full_ledger_had_no_room_for_may_be_the_refund_that_was_sent()
    {
        var failed = Promised.WithSent("r1", Noon.AddMinutes(6)).With(Refund(status: FactStatus.Failed, amount: 5_000, minute: 7, reference: "r1"));
        var full = Enumerable.Range(failed.Ledger.Length, Order.MostLedgerEntries - failed.Ledger.Length)
            .Aggregate(failed, (order, number) => order.With(Capture($"pi_x{number}", FactStatus.Denied)));
        full.Ledger.Length.ShouldBe(Order.MostLedgerEntries);
        Refused(full).ShouldBe("refund-sent");
        Of(full with { RefundPromises = Promised.RefundPromises, Ledger = full.Ledger.RemoveAll(fact => fact.Reference == "r1").Add(Capture("pi_y", FactStatus.Denied)) })
            .ShouldBeOfType<WithdrawalDecision.Withdraw>("nobody was asked");
    }

    [Fact]
    public void Issue_10_8_whoever_is_about_to_send_finds_the_promise_taken_back()
    {
        var withdrawn = Of(Promised).Order;
        withdrawn.WithSent("r1", Noon).ShouldBeSameAs(withdrawn);
    }

    [Fact]
    public void Issue_10_7_a_try_that_was_not_let_in_sent_nothing_and_one_that_nobody_heard_of_may_have()
    {
        var (first, second) = (Noon.AddMinutes(6), Noon.AddMinutes(70));
        Of(Promised.WithSent("r1", first).WithoutTry("r1", first, null)).ShouldBeOfType<WithdrawalDecision.Withdraw>();
        Refused(Promised.WithSent("r1", first).WithSent("r1", second).WithoutTry("r1", second, first)).ShouldBe("refund-sent", "the first is not known");
        Refused(Promised.WithSent("r1", first).WithSent("r1", second).WithoutTry("r1", first, null)).ShouldBe("refund-sent", "the second is under way");
    }

    [Theory]
    [InlineData("paypal", "HUF", 12_345, false)]
    [InlineData("paypal", "HUF", 12_300, true)]
    [InlineData("stripe", "HUF", 12_345, true)]
    [InlineData("stripe", "KWD", 1_234, false)]
    public void Issue_10_8_a_refund_that_the_provider_cannot_express_is_not_promised(string provider, string currency, long amount, bool isPromised)
    {
        var order = (Unpaid with { Currency = currency, Gross = 40_000 }).With(Capture(amount: 40_000, currency: currency, provider: provider));
        var decision = RefundDecision.Of(order, new("a scratch", new(amount, currency)), "r1", "grace", Noon, [new Limits("stripe"), new Limits("paypal")]);
        if (isPromised) decision.ShouldBeOfType<RefundDecision.Promise>();
        else decision.ShouldBeOfType<RefundDecision.Refuse>().Problem.Type.ShouldBe("amount-not-possible");
    }

    [Theory]
    [InlineData(10_050, false)]
    [InlineData(10_000, true)]
    public void Issue_10_8_nor_one_that_waits_for_the_end_of_a_dispute_first(long amount, bool isPromised)
    {
        var inquiry = Dispute(FactStatus.Inquiry, amount: 40_000).SettledSince(3) with { Provider = "paypal", Parent = "capture:paypal:pi_1", Currency = "HUF" };
        var order = (Unpaid with { Currency = "HUF", Gross = 40_000 }).With(Capture(amount: 40_000, currency: "HUF", provider: "paypal"), inquiry);
        var decision = RefundDecision.Of(order, new("a scratch", new(amount, "HUF")), "r1", "grace", Noon, [new Limits("paypal")]);
        Settlement.Of(decision.Order).Refunds.ShouldBeEmpty();
        (decision is RefundDecision.Promise).ShouldBe(isPromised);
        if (!isPromised) decision.ShouldBeOfType<RefundDecision.Refuse>().Problem.Type.ShouldBe("amount-not-possible");
    }

    private static WithdrawalDecision Of(Order order) => WithdrawalDecision.Of(order, "r1", "grace", Noon.AddHours(1));

    private static string Refused(Order order) => Of(order).ShouldBeOfType<WithdrawalDecision.Refuse>().Problem.Type;

    private sealed record Limits(string Name) : IPaymentLimits
    {
        public bool CanPay(Order order) => true;

        public bool CanRefund(Money amount) => Name == "stripe" ? StripeAmounts.CanRefund(amount) : PayPalAmounts.Takes(amount);
    }
}
