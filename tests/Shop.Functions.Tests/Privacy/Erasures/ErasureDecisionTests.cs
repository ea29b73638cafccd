using Shop.Functions.Orders;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Privacy.Erasures;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Privacy.Erasures;

public sealed class ErasureDecisionTests
{
    private static readonly Order Paid = Unpaid.With(Capture());

    [Fact]
    public void An_account_waits_while_a_part_of_a_payment_is_in_question()
    {
        Blocks(Paid.With(Dispute(FactStatus.Inquiry)), "dispute");
        Blocks(Paid.With(Dispute(FactStatus.Open, amount: 500)), "dispute");
        Blocks(Paid.With(Dispute(FactStatus.Lost, amount: 500)), "our staff");
        Blocks(Paid.With(Reversal(amount: 500)), "our staff");
        Blocks(Paid.With(Reversal(amount: 500)).Resolved(ReviewChoice.Accept), "not been delivered");
        Blocks(Paid.With(Reversal(amount: 500)).Resolved(ReviewChoice.Accept).Cancel(Noon.AddHours(1)), "on its way back");
        ErasureDecision.BlockOf(Paid.With(Dispute(FactStatus.Lost))).ShouldBeNull();
    }

    [Fact]
    public void Money_that_has_gone_back_ends_the_wait_for_a_parcel_that_is_lost()
    {
        var order = Paid with { Lines = [Paid.Lines[0] with { Quantity = 2 }] };
        var sent = order.With(Parcel(1) with { Lines = [new(0, 1)] }).With(Parcel(2) with { Lines = [new(0, 1)] }).With(Event(1, ShipmentStatus.Delivered)).With(Event(2, ShipmentStatus.Failed));
        Blocks(sent, "ask us to refund");
        Blocks(sent.With(Refund(amount: (Gross / 2) - 1)), "ask us to refund");
        // A second payment that went back is not the money of what is lost.
        Blocks(sent.With(Capture("pi_2", minute: 5), Refund("re_2", "pi_2", minute: 6)), "ask us to refund");
        ErasureDecision.BlockOf(sent.With(Refund(amount: Gross / 2))).ShouldBeNull();
        ErasureDecision.BlockOf(order.With(Parcel()).With(Refund())).ShouldBeNull();
        ErasureDecision.BlockOf(sent.With(Event(2, ShipmentStatus.Returned))).ShouldBeNull("nothing is on its way any more");
        Blocks(order.With(Parcel(1) with { Lines = [new(0, 1)] }).With(Event(1, ShipmentStatus.Delivered)), "has not arrived yet");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(-500)]
    public void What_came_besides_the_price_is_neither_waited_for_nor_taken_for_money_that_went_back(long odd)
    {
        var sent = Unpaid.With(Capture(amount: Gross + odd)).Resolved(ReviewChoice.Accept).With(Parcel());
        Blocks(sent, "has not arrived yet");
        ErasureDecision.BlockOf(sent.With(Event(1, ShipmentStatus.Delivered))).ShouldBeNull();
        var back = sent.With(Event(1, ShipmentStatus.Returned));
        RefundOffer.Of(back, Settlement.Of(back))!.Amount.Amount.ShouldBe(Math.Min(Gross, Gross + odd));
    }

    [Fact]
    public void What_has_come_back_offers_the_refund_that_fits()
    {
        var order = Paid with { Lines = [Paid.Lines[0] with { Quantity = 3 }] };
        var sent = order.With(Parcel(1) with { Lines = [new(0, 2)] }).With(Parcel(2) with { Lines = [new(0, 1)] });
        Offer(sent).ShouldBeNull();
        var back = sent.With(Event(1, ShipmentStatus.Returned));
        Offer(back).ShouldBe(8_000);
        Offer(back.With(Refund(amount: 3_000))).ShouldBe(5_000);
        Offer(back.With(Request(amount: 8_000))).ShouldBeNull("it is promised");
        Offer(back.With(Event(2, ShipmentStatus.Returned))).ShouldBe(Gross);
        Offer(back.With(Dispute(FactStatus.Open))).ShouldBeNull();

        static long? Offer(Order order) => RefundOffer.Of(order, Settlement.Of(order))?.Amount.Amount;
    }

    private static ShipmentEvent Event(int parcel, ShipmentStatus kind) => new(parcel, $"{parcel}-{kind}", kind, Noon.AddDays(1));

    private static void Blocks(Order order, string words) => ErasureDecision.BlockOf(order).ShouldNotBeNull().ShouldContain(words);
}
