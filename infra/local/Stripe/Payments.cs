using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>What buyers do: pay a session, at once or later, or fail to.</summary>
internal sealed class Payments(StripeAccount account, Checkout checkout)
{
    /// <summary>Carries out what the buyer did; the events it raised are in the order in which Stripe sends them.</summary>
    public CheckoutSession Pay(string sessionId, PaymentOutcome outcome, string? email, string? name)
    {
        var session = checkout.Find(sessionId);
        if (session.Status != "open")
            throw ApiError.Invalid($"This Checkout Session is {session.Status}.");
        var method = outcome is PaymentOutcome.SucceedsLater or PaymentOutcome.FailsLater ? "bacs_debit" : "card";
        if (!session.PaymentMethodTypes.Contains(method))
            throw ApiError.Invalid($"This Checkout Session does not accept {method}.", "payment_method_types");
        if (outcome != PaymentOutcome.Declined)
        {
            session.PayerEmail = email ?? session.CustomerEmail ?? "buyer@example.com";
            session.PayerName = name ?? "Sandbox Buyer";
        }

        if (session.AmountTotal == 0)
            return Complete(session, "no_payment_required");

        var intent = IntentOf(session);
        switch (outcome)
        {
            case PaymentOutcome.Declined:
                Decline(session, intent);
                break;
            case PaymentOutcome.Succeeds:
                PayByCard(session, intent);
                break;
            default:
                Submit(session, intent, willFail: outcome == PaymentOutcome.FailsLater);
                break;
        }

        return session;
    }

    /// <summary>Ends a delayed payment; null takes the outcome that was chosen on the page.</summary>
    public void Settle(string sessionId, bool? succeeds)
    {
        var session = checkout.Find(sessionId);
        var intent = session.PaymentIntentId is { } id ? Find(id) : null;
        if (intent is not { Status: "processing" })
            throw ApiError.Invalid("This Checkout Session has no payment under way.");
        Settle(session, intent, succeeds ?? !intent.WillFail);
    }

    public bool SettleDue()
    {
        var due = account.State.PaymentIntents.Take(intent => intent.Status == "processing" && intent.SettlesAt <= account.Now);
        foreach (var intent in due)
            Settle(checkout.Find(intent.SessionId), intent, !intent.WillFail);
        return due.Count > 0;
    }

    public PaymentIntent Find(string id) =>
        account.State.PaymentIntents.GetValueOrDefault(id) ?? throw ApiError.Missing("payment_intent", id, "intent");

    public Charge FindCharge(string id) =>
        account.State.Charges.GetValueOrDefault(id) ?? throw ApiError.Missing("charge", id, "id");

    public JsonObject Show(PaymentIntent intent) =>
        RenderPayment.PaymentIntent(intent, intent.LatestChargeId is { } id ? account.State.Charges[id] : null);

    private PaymentIntent IntentOf(CheckoutSession session)
    {
        if (session.PaymentIntentId is { } known)
            return Find(known);
        var intent = new PaymentIntent
        {
            Id = account.NextId("pi_3"),
            Created = account.Now,
            SessionId = session.Id,
            Amount = session.AmountTotal,
            Currency = session.Currency,
            Metadata = new(session.PaymentIntentMetadata),
            Description = session.PaymentDescription,
            ReceiptEmail = session.ReceiptEmail,
            StatementDescriptorSuffix = session.StatementDescriptorSuffix,
        };
        account.State.PaymentIntents.Add(intent.Id, intent);
        session.PaymentIntentId = intent.Id;
        account.Raise("payment_intent.created", Show(intent), Cause.None);
        return intent;
    }

    private Charge NewCharge(CheckoutSession session, PaymentIntent intent, string method, string status, string? failureCode = null)
    {
        var charge = new Charge
        {
            Id = account.NextId("ch_3"),
            Created = account.Now,
            PaymentIntentId = intent.Id,
            PaymentMethodId = account.NextId("pm_1"),
            PaymentMethodType = method,
            Amount = intent.Amount,
            Currency = intent.Currency,
            Metadata = new(intent.Metadata),
            Description = intent.Description,
            PayerEmail = session.PayerEmail,
            PayerName = session.PayerName,
            Status = status,
            FailureCode = failureCode,
        };
        account.State.Charges.Add(charge.Id, charge);
        intent.LatestChargeId = charge.Id;
        return charge;
    }

    private void PayByCard(CheckoutSession session, PaymentIntent intent)
    {
        var charge = NewCharge(session, intent, "card", "succeeded");
        intent.Status = "succeeded";
        account.Raise("charge.succeeded", RenderPayment.Charge(charge), Cause.None);
        account.Raise("payment_intent.succeeded", Show(intent), Cause.None);
        Complete(session, "paid");
        Book(charge);
    }

    private void Decline(CheckoutSession session, PaymentIntent intent)
    {
        var charge = NewCharge(session, intent, "card", "failed", "card_declined");
        account.Raise("charge.failed", RenderPayment.Charge(charge), Cause.None);
        account.Raise("payment_intent.payment_failed", Show(intent), Cause.None);
    }

    private void Submit(CheckoutSession session, PaymentIntent intent, bool willFail)
    {
        var charge = NewCharge(session, intent, "bacs_debit", "pending");
        intent.Status = "processing";
        intent.WillFail = willFail;
        intent.SettlesAt = account.Now + (long)account.Options.DelayedPaymentSettles.TotalSeconds;
        account.Raise("payment_intent.processing", Show(intent), Cause.None);
        account.Raise("charge.pending", RenderPayment.Charge(charge), Cause.None);
        Complete(session, "unpaid");
    }

    private void Settle(CheckoutSession session, PaymentIntent intent, bool succeeds)
    {
        var charge = FindCharge(intent.LatestChargeId!);
        if (succeeds)
        {
            charge.Status = "succeeded";
            intent.Status = "succeeded";
            session.PaymentStatus = "paid";
            account.Raise("charge.succeeded", RenderPayment.Charge(charge), Cause.None);
            account.Raise("payment_intent.succeeded", Show(intent), Cause.None);
            account.Raise("checkout.session.async_payment_succeeded", checkout.Show(session), Cause.None);
            Book(charge);
            return;
        }

        charge.Status = "failed";
        charge.FailureCode = "insufficient_funds";
        intent.Status = "requires_payment_method";
        account.Raise("charge.failed", RenderPayment.Charge(charge), Cause.None);
        account.Raise("payment_intent.payment_failed", Show(intent), Cause.None);
        account.Raise("checkout.session.async_payment_failed", checkout.Show(session), Cause.None);
    }

    private CheckoutSession Complete(CheckoutSession session, string paymentStatus)
    {
        session.Status = "complete";
        session.PaymentStatus = paymentStatus;
        account.Raise("checkout.session.completed", checkout.Show(session), Cause.None);
        return session;
    }

    /// <summary>The balance transaction comes after the charge itself, and with it the charge's update.</summary>
    private void Book(Charge charge)
    {
        charge.BalanceTransactionId = account.NextId("txn_3");
        account.Raise(
            "charge.updated", RenderPayment.Charge(charge), Cause.None, new JsonObject { ["balance_transaction"] = null });
    }
}
