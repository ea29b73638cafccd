using System.Text.Json;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments;

public sealed class PaymentEventTests
{
    private static readonly PaymentEvent Started = About(new(FactKind.Capture, "pi_1", null, Gross, "GBP", FactStatus.Pending, Noon.AddMinutes(3)), CheckoutState.Completed);

    private static readonly PaymentEvent Paid = About(new(FactKind.Capture, "pi_1", null, Gross, "GBP", FactStatus.Completed, Noon.AddMinutes(4)), CheckoutState.Completed);

    private static readonly PaymentEvent PaidSaysTheIntent = About(new(FactKind.Capture, "pi_1", null, Gross, "GBP", FactStatus.Completed, Noon.AddMinutes(4)));

    private static readonly PaymentEvent Opened = About(null, CheckoutState.Open);

    private static readonly PaymentEvent PartRefunded = About(new(FactKind.Refund, "re_1", "pi_1", 500, "GBP", FactStatus.Succeeded, Noon.AddMinutes(9)));

    private static readonly PaymentEvent Disputed = About(new(FactKind.Dispute, "dp_1", "pi_1", Gross, "GBP", FactStatus.Open, Noon.AddMinutes(12)));

    private static readonly PaymentEvent DisputeWon = About(new(FactKind.Dispute, "dp_1", "pi_1", Gross, "GBP", FactStatus.Won, Noon.AddMinutes(20)));

    [Fact]
    public void Every_permutation_of_a_story_with_duplicates_ends_in_the_same_order() => Properties.Holds(
        from story in Gen.SubListOf([Opened, Started, Paid, PaidSaysTheIntent, PartRefunded, Disputed, DisputeWon])
        from told in Gen.Shuffle(story.ToArray())
        from again in Gen.Shuffle(story.ToArray())
        select (told, retold: again.Concat(told).ToArray()),
        it =>
        {
            var start = Unpaid.With(Checkout(state: CheckoutState.Starting));
            var (told, retold) = (it.told.Aggregate(start, Apply), it.retold.Aggregate(start, Apply));
            retold.Ledger.ShouldBe(told.Ledger);
            retold.Checkouts.ShouldBe(told.Checkouts);
            Settlement.Of(retold).Payment.ShouldBe(Settlement.Of(told).Payment);
        });

    [Fact]
    public void An_event_heard_before_changes_nothing()
    {
        var order = Apply(Unpaid, Paid);
        Apply(order, Paid).ShouldBeSameAs(order);
        Apply(order, PaidSaysTheIntent).ShouldBeSameAs(order);
    }

    [Fact]
    public void A_checkout_that_is_over_keeps_no_addresses()
    {
        var order = Unpaid.With(Checkout() with { ReturnUrl = "https://shop.example/thanks", CancelUrl = "https://shop.example/basket" });
        var checkout = Apply(order, Paid).Checkouts.ShouldHaveSingleItem();
        (checkout.Url, checkout.ReturnUrl, checkout.CancelUrl).ShouldBe((null, null, null));
    }

    [Fact]
    public void An_expired_checkout_is_journalled_once()
    {
        var expired = About(null, CheckoutState.Expired);
        var order = Apply(Apply(Unpaid.With(Checkout()), expired), expired);
        order.Journal.Count(entry => entry.Kind == JournalKinds.CheckoutExpired).ShouldBe(1);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not json")]
    public void A_message_that_is_not_ours_is_refused(string message) => Should.Throw<JsonException>(() => PaymentEvent.Parse(message));

    private static Order Apply(Order order, PaymentEvent payment) => payment.ApplyTo(order);

    private static PaymentEvent About(PaymentEvent.Fact? money, CheckoutState? checkout = null) => new()
    {
        Provider = "stripe",
        EventId = "evt_1",
        Type = "test",
        OrderId = Unpaid.Id,
        Money = money,
        Checkout = checkout is { } state ? new("cs_1", 1, state, Noon.AddMinutes(1), Noon.AddMinutes(61), Noon.AddMinutes(5)) : null,
    };
}
