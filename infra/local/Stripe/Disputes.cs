using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>Disputes, as a buyer's bank opens and ends them.</summary>
internal sealed class Disputes(StripeAccount account, Payments payments)
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromDays(7);

    public Dispute Open(string paymentIntentId, string reason, long? amount)
    {
        var intent = payments.Find(paymentIntentId);
        if (intent.Status != "succeeded")
            throw ApiError.Invalid("Only a paid payment can be disputed.");
        var charge = payments.FindCharge(intent.LatestChargeId!);
        if (charge.Disputed)
            throw ApiError.Invalid("This charge is disputed already.");
        var dispute = new Dispute
        {
            Id = account.NextId("dp_1"),
            Created = account.Now,
            ChargeId = charge.Id,
            PaymentIntentId = intent.Id,
            Amount = Math.Clamp(amount ?? charge.Amount - charge.AmountRefunded, 1, charge.Amount),
            Currency = charge.Currency,
            Reason = reason,
            EvidenceDueBy = account.Now + (long)TimeToAnswer.TotalSeconds,
        };
        account.State.Disputes.Add(dispute.Id, dispute);
        charge.Disputed = true;
        account.Raise("charge.dispute.created", Render.Dispute(dispute), Cause.None);
        dispute.BalanceTransactionIds.Add(account.NextId("txn_1"));
        account.Raise("charge.dispute.funds_withdrawn", Render.Dispute(dispute), Cause.None);
        return dispute;
    }

    public Dispute Close(string id, DisputeOutcome outcome, Cause cause)
    {
        var dispute = Find(id);
        if (dispute.Status != "needs_response")
            throw ApiError.Invalid($"This dispute is {dispute.Status} already.");
        dispute.Status = outcome == DisputeOutcome.Won ? "won" : "lost";
        if (outcome == DisputeOutcome.Won)
            dispute.BalanceTransactionIds.Add(account.NextId("txn_1"));
        account.Raise("charge.dispute.closed", Render.Dispute(dispute), cause);
        if (outcome == DisputeOutcome.Won)
            account.Raise("charge.dispute.funds_reinstated", Render.Dispute(dispute), cause);
        return dispute;
    }

    public Dispute Find(string id) => account.State.Disputes.GetValueOrDefault(id) ?? throw ApiError.Missing("dispute", id, "dispute");
}
