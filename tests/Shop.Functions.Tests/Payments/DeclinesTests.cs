using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Reconciliation;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments;

/// <summary>Tries to take an approved payment that come to nothing (issue 10: C 6, C 10b, E 12).</summary>
public sealed class DeclinesTests
{
    private static readonly OrderOptions Options = new();

    private static readonly Order Approved = Unpaid.With(
        Checkout() with { Provider = "paypal", Id = "PP1", State = CheckoutState.Approved, ApprovedAt = Noon, ExpiresAt = Noon.AddMinutes(170) });

    [Fact]
    public void Issue_10b_an_approval_newer_than_the_last_decline_lifts_the_pause()
    {
        var declined = Declined(Approved, Remedy.OtherCard, Noon.AddMinutes(2));
        Declines.IsTryDue(declined.Checkouts[0], isBack: false, Options, Noon.AddMinutes(2.5)).ShouldBeFalse();
        var another = declined.With(declined.Checkouts[0] with { ApprovedAt = Noon.AddMinutes(2.4) });
        Declines.IsTryDue(another.Checkouts[0], isBack: false, Options, Noon.AddMinutes(2.5)).ShouldBeTrue();
        var late = another.With(another.Checkouts[0] with { ApprovedAt = Noon });
        late.ShouldBeSameAs(another, "word of the first approval that comes late takes nothing back");
    }

    [Fact]
    public void Issue_10b_the_approval_that_was_declined_lifts_no_pause_although_this_shops_clock_is_slow()
    {
        var declined = Declined(Approved, Remedy.OtherCard, Noon.AddSeconds(-20));
        Declines.IsTryDue(declined.Checkouts[0], isBack: true, Options, Noon).ShouldBeFalse();
        var another = declined.With(declined.Checkouts[0] with { ApprovedAt = Noon.AddSeconds(30) });
        Declines.IsTryDue(another.Checkouts[0], isBack: true, Options, Noon).ShouldBeTrue();
    }

    [Fact]
    public void Issue_10b_a_look_is_due_when_the_order_is_to_be_given_up_before_a_pause_ends()
    {
        var order = Enumerable.Range(0, 4).Aggregate(Approved, (current, i) => Declined(current, Remedy.OtherCard, Noon.AddMinutes(i)));
        ReconciliationPolicy.Next(order with { ExpiresAt = Noon.AddMinutes(20) }, Options, Noon.AddMinutes(5)).ShouldBe(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Issue_10b_a_look_is_due_when_a_pause_ends()
    {
        var order = Approved;
        var now = Noon.AddMinutes(2);
        foreach (var minutes in (int[])[1, 4, 16, 64, 64])
        {
            order = Declined(order, Remedy.OtherCard, now);
            ReconciliationPolicy.Next(order, Options, now).ShouldBe(TimeSpan.FromMinutes(minutes));
            ReconciliationPolicy.Next(order, Options, now.AddMinutes(minutes)).ShouldBe(Options.FirstLookAfter);
            now = now.AddMinutes(minutes);
        }
    }

    [Theory]
    [InlineData(Remedy.OtherCard, PaymentStatus.Awaiting, "Resume")]
    [InlineData(Remedy.OtherPage, PaymentStatus.Failed, "Open")]
    [InlineData(Remedy.Person, PaymentStatus.Failed, "Open")]
    [InlineData(Remedy.Never, PaymentStatus.Failed, "Refuse")]
    public void Issue_10_6_after_a_refusal_the_customer_gets_what_can_help(Remedy remedy, PaymentStatus payment, string next)
    {
        var order = Declined(Approved, remedy, Noon.AddMinutes(2));
        Settlement.Of(order).Payment.ShouldBe(payment);
        Declines.NextTry(order.Checkouts[0]).ShouldBe(2, "the next request to PayPal has another id");
        var decision = CheckoutDecision.Of(order, new("paypal", "https://shop.example/a", "https://shop.example/b"), PayPalOrders.TermsOf(order), Noon.AddMinutes(3));
        decision.GetType().Name.ShouldBe(next);
        CheckoutDecision.Of(order, new("stripe", "https://shop.example/a", "https://shop.example/b"), PayPalOrders.TermsOf(order), Noon.AddMinutes(3))
            .ShouldBeOfType<CheckoutDecision.Open>("another provider is free");
    }

    [Fact]
    public void Issue_10_12_tries_use_no_room_in_the_ledger_and_one_entry_of_the_journal_for_a_page()
    {
        var order = Enumerable.Range(0, 12).Aggregate(Approved, (current, i) => Declined(current, Remedy.OtherCard, Noon.AddHours(i)));
        order.Ledger.ShouldBeEmpty();
        order.Journal.Count(entry => entry.Kind == JournalKinds.CaptureDeclined).ShouldBe(1);
        order.Checkouts[0].Declined.ShouldBe(new DeclinedTries(12, Noon.AddHours(11), Remedy.OtherPage, Noon));
    }

    [Fact]
    public void An_order_from_when_tries_were_facts_reads_as_one_that_counts_them()
    {
        var old = OrderEntity.Of(Approved.With(
            Capture("declined_PP1_1", FactStatus.Denied, minute: 2, provider: "paypal"),
            Capture("declined_PP1_2", FactStatus.Denied, minute: 9, provider: "paypal"),
            Capture("17A", FactStatus.Denied, minute: 10, provider: "paypal")));
        var read = old.ToOrder();
        read.Ledger.ShouldHaveSingleItem().ObjectId.ShouldBe("17A");
        read.Checkouts[0].Declined.ShouldBe(new DeclinedTries(2, Noon.AddMinutes(9), Remedy.OtherCard));
        OrderEntity.Of(read).ToOrder().Checkouts.ShouldBe(read.Checkouts);
    }

    private static Order Declined(Order order, Remedy remedy, DateTimeOffset at) => Declines.Event(order, order.Checkouts[0], remedy, at).ApplyTo(order);
}
