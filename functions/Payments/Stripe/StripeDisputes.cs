using Shop.Functions.Orders.Settlements;
using Stripe;

namespace Shop.Functions.Payments.Stripe;

/// <summary>
/// What a dispute at Stripe says about the money. Pure. A refund and a lost dispute are different money there: Stripe refuses
/// refunds from the moment it has withdrawn a disputed amount, so what was refunded before comes on top of it.
/// </summary>
public static class StripeDisputes
{
    public static FactStatus StatusOf(Dispute dispute) => dispute.Status switch
    {
        "lost" => FactStatus.Lost,
        "won" or "warning_closed" => FactStatus.Won,
        // Nothing is withdrawn for an inquiry, and a refund ends it.
        "warning_needs_response" or "warning_under_review" => FactStatus.Inquiry,
        // Kept from becoming a chargeback: by stopping it, or by paying the customer under a rule that was set at Stripe.
        "prevented" => IsMoneyKept(dispute) ? FactStatus.Won : FactStatus.Lost,
        _ => FactStatus.Open,
    };

    /// <returns>
    /// True for money that was paid back to prevent a dispute and of which the dispute shows no movement of its own: should Stripe tell
    /// of a refund as well, it is that money.
    /// </returns>
    public static bool IsSettledByRefund(Dispute dispute) =>
        dispute.Status == "prevented" && !IsMoneyKept(dispute) && dispute.BalanceTransactions is not { Count: > 0 };

    /// <summary>A dispute that was stopped costs nothing; of one that was resolved, or in a way that is new here, the movements tell.</summary>
    private static bool IsMoneyKept(Dispute dispute) =>
        dispute.PaymentMethodDetails?.Card?.CaseType == "block"
        || (dispute.BalanceTransactions is { Count: > 0 } movements && movements.Sum(movement => movement.Amount) >= 0);
}
