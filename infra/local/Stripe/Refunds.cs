using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>Refunds: asked for by API or in the dashboard, pending at first, then succeeded or failed.</summary>
internal sealed class Refunds(StripeAccount account, Payments payments)
{
    public Refund Create(Parameter form, Cause cause)
    {
        var charge = ChargeOf(form);
        var remaining = charge.Amount - charge.AmountRefunded;
        var amount = form.Integer("amount");
        var reason = form.OneOf("reason", "duplicate", "fraudulent", "requested_by_customer");
        var metadata = new Dictionary<string, string>();
        form.Metadata("metadata", metadata);
        form.Ignore("instructions_email", "refund_application_fee", "reverse_transfer", "origin", "currency", "customer");
        form.RefuseUnknown();

        if (remaining == 0)
            throw ApiError.Invalid($"All of {charge.Id} has been refunded.", code: "charge_already_refunded");
        if (charge.Disputed && account.State.Disputes.Values.Any(dispute => dispute.ChargeId == charge.Id && dispute.IsWithdrawn))
            throw ApiError.Invalid($"{charge.Id} is disputed, so it cannot be refunded.", code: "charge_disputed");
        if (amount < 1)
            throw ApiError.Invalid("Invalid positive integer.", "amount", "parameter_invalid_integer");
        if (amount > remaining)
            throw ApiError.Invalid($"{amount} is more than the {remaining} that can still be refunded.", "amount");
        Currencies.CheckStep(amount ?? remaining, charge.Currency, "amount");
        return Open(charge, amount ?? remaining, reason, metadata, cause);
    }

    public Refund Update(string id, Parameter form, Cause cause)
    {
        var refund = Find(id);
        var before = Render.Metadata(refund.Metadata);
        var metadata = new Dictionary<string, string>(refund.Metadata);
        form.Metadata("metadata", metadata);
        form.RefuseUnknown();
        refund.Metadata = metadata;
        account.Raise("refund.updated", Render.Refund(refund), cause, new JsonObject { ["metadata"] = before });
        return refund;
    }

    public Refund Cancel(string id)
    {
        var refund = Find(id);
        throw ApiError.Invalid($"Only refunds that require an action can be canceled; this one is {refund.Status}.");
    }

    /// <summary>Ends a refund. One that had succeeded may still fail later, as happens when a card was closed.</summary>
    public void Settle(string id, bool succeeds)
    {
        var refund = Find(id);
        if (refund.Status == "failed" || (refund.Status == "succeeded" && succeeds))
            throw ApiError.Invalid($"This refund is {refund.Status} already.");
        var before = new JsonObject { ["status"] = refund.Status };
        if (succeeds)
            refund.Status = "succeeded";
        else
            Fail(refund, before);
        account.Raise("refund.updated", Render.Refund(refund), Cause.None, before);
        if (!succeeds)
            account.Raise("refund.failed", Render.Refund(refund), Cause.None);
    }

    public bool SettleDue()
    {
        var due = account.State.Refunds.Take(refund => refund.Status == "pending" && refund.SettlesAt <= account.Now);
        foreach (var refund in due)
            Settle(refund.Id, succeeds: true);
        return due.Count > 0;
    }

    public Refund Find(string id) => account.State.Refunds.GetValueOrDefault(id) ?? throw ApiError.Missing("refund", id, "refund");

    private Charge ChargeOf(Parameter form)
    {
        var intentId = form.Text("payment_intent");
        var chargeId = form.Text("charge");
        if ((intentId is null) == (chargeId is null))
            throw ApiError.Invalid("Give either payment_intent or charge.");
        var charge = chargeId is not null
            ? payments.FindCharge(chargeId)
            : payments.Find(intentId!).LatestChargeId is { } latest ? payments.FindCharge(latest) : null;
        return charge is { Status: "succeeded" }
            ? charge
            : throw ApiError.Invalid("There is no successful charge to refund.", intentId is null ? "charge" : "payment_intent");
    }

    private Refund Open(Charge charge, long amount, string? reason, Dictionary<string, string> metadata, Cause cause)
    {
        var atOnce = account.Options.RefundSettles <= TimeSpan.Zero;
        var refund = new Refund
        {
            Id = account.NextId("re_3"),
            Created = account.Now,
            ChargeId = charge.Id,
            PaymentIntentId = charge.PaymentIntentId,
            Amount = amount,
            Currency = charge.Currency,
            Reason = reason,
            Metadata = metadata,
            Status = atOnce ? "succeeded" : "pending",
            BalanceTransactionId = account.NextId("txn_3"),
            SettlesAt = account.Now + (long)Math.Ceiling(account.Options.RefundSettles.TotalSeconds),
        };
        account.State.Refunds.Add(refund.Id, refund);
        var before = new JsonObject { ["amount_refunded"] = charge.AmountRefunded, ["refunded"] = false };
        charge.AmountRefunded += amount;
        account.Raise("refund.created", Render.Refund(refund), cause);
        account.Raise("charge.refunded", RenderPayment.Charge(charge), cause, before);
        return refund;
    }

    private void Fail(Refund refund, JsonObject before)
    {
        refund.Status = "failed";
        refund.FailureReason = "expired_or_canceled_card";
        before["failure_reason"] = null;
        // The money is back with the shop and may be refunded again.
        account.State.Charges[refund.ChargeId].AmountRefunded -= refund.Amount;
    }
}
