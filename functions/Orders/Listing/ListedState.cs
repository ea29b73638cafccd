using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Listing;

/// <summary>Where an order stands as its list shows it: one property of the row, stored as <c>Paid|Shipped|False</c>.</summary>
public readonly record struct ListedState(PaymentStatus Payment, FulfilmentStatus Fulfilment, bool Cancelled)
{
    public static ListedState Of(Order order)
    {
        var settlement = Settlement.Of(order);
        return new(settlement.Payment, settlement.Fulfilment, order.Closed is not null);
    }

    /// <summary>What ended unpaid is written as it was before it had a word of its own: an instance of the version before may read it.</summary>
    public override string ToString() => $"{(Payment == PaymentStatus.Cancelled ? PaymentStatus.Failed : Payment)}|{Fulfilment}|{Cancelled}";

    /// <exception cref="FormatException">The text is not a state.</exception>
    public static ListedState Parse(string text) => text.Split('|') is [var payment, var fulfilment, var cancelled, ..]
        ? new(PaymentOf(payment, bool.Parse(cancelled)), FulfilmentOf(fulfilment), bool.Parse(cancelled))
        : throw new FormatException("This is not an order's state.");

    private static PaymentStatus PaymentOf(string text, bool isCancelled) =>
        Enum.Parse<PaymentStatus>(text) is var payment && isCancelled && payment == PaymentStatus.Failed ? PaymentStatus.Cancelled : payment;

    /// <summary>What had not left was once called by why it had not: that follows from the payment.</summary>
    private static FulfilmentStatus FulfilmentOf(string text) =>
        text is "AwaitingPayment" or "Ready" or "OnHold" or "Cancelled" ? FulfilmentStatus.Unfulfilled : Enum.Parse<FulfilmentStatus>(text);
}
