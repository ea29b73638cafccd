using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>Disputes, as a buyer's bank opens and ends them.</summary>
internal sealed class Disputes(StripeAccount account, Payments payments)
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromDays(7);

    public Dispute Open(string paymentIntentId, string reason, long? amount, DisputeKind kind)
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
            CaseType = kind.ToString().ToLowerInvariant(),
            Status = kind switch { DisputeKind.Inquiry => "warning_needs_response", DisputeKind.Chargeback => "needs_response", _ => "prevented" },
        };
        account.State.Disputes.Add(dispute.Id, dispute);
        charge.Disputed = true;
        account.Raise("charge.dispute.created", Render.Dispute(dispute), Cause.None);
        if (kind is DisputeKind.Chargeback or DisputeKind.Resolution)
            Withdraw(dispute);
        if (dispute.Status == "prevented")
            account.Raise("charge.dispute.closed", Render.Dispute(dispute), Cause.None);
        return dispute;
    }

    /// <summary>The bank is not content with what was said to its inquiry: now it takes the money.</summary>
    public Dispute Escalate(string id)
    {
        var dispute = Find(id);
        if (dispute.Status != "warning_needs_response")
            throw ApiError.Invalid($"This dispute is {dispute.Status}, not an inquiry.");
        if (account.State.Charges[dispute.ChargeId] is { } charge && charge.AmountRefunded == charge.Amount)
            throw ApiError.Invalid("All of the charge has been refunded: there is nothing left to ask for.");
        (dispute.Status, dispute.CaseType) = ("needs_response", "chargeback");
        account.Raise("charge.dispute.updated", Render.Dispute(dispute), Cause.None);
        Withdraw(dispute);
        return dispute;
    }

    public Dispute Close(string id, DisputeOutcome outcome, Cause cause)
    {
        var dispute = Find(id);
        if (dispute.Status is not ("needs_response" or "warning_needs_response"))
            throw ApiError.Invalid($"This dispute is {dispute.Status} already.");
        if (dispute.CaseType == "inquiry" && outcome == DisputeOutcome.Lost)
            throw ApiError.Invalid("Nobody loses an inquiry: the bank must ask for the money first.");
        dispute.Status = dispute.CaseType == "inquiry" ? "warning_closed" : outcome == DisputeOutcome.Won ? "won" : "lost";
        var isReinstated = outcome == DisputeOutcome.Won && dispute.IsWithdrawn;
        if (isReinstated)
            dispute.BalanceTransactionIds.Add(account.NextId("txn_1"));
        account.Raise("charge.dispute.closed", Render.Dispute(dispute), cause);
        if (isReinstated)
            account.Raise("charge.dispute.funds_reinstated", Render.Dispute(dispute), cause);
        return dispute;
    }

    public Dispute Find(string id) => account.State.Disputes.GetValueOrDefault(id) ?? throw ApiError.Missing("dispute", id, "dispute");

    private void Withdraw(Dispute dispute)
    {
        dispute.BalanceTransactionIds.Add(account.NextId("txn_1"));
        account.Raise("charge.dispute.funds_withdrawn", Render.Dispute(dispute), Cause.None);
    }
}
