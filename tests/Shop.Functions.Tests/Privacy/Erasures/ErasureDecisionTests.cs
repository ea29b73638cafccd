using Shop.Functions.Orders;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
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

    private static void Blocks(Order order, string words) => ErasureDecision.BlockOf(order).ShouldNotBeNull().ShouldContain(words);
}
