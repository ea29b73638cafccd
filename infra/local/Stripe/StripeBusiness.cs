using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>Everything that can happen at the sandbox, put together.</summary>
internal sealed class StripeBusiness
{
    public StripeBusiness(StripeAccount account)
    {
        Account = account;
        Checkout = new Checkout(account);
        Payments = new Payments(account, Checkout);
        Refunds = new Refunds(account, Payments);
        Disputes = new Disputes(account, Payments);
        Clockwork = new StripeClockwork(account, Checkout, Payments, Refunds);
        Routes = new Routes(account, Checkout, Payments, Refunds, Disputes, new Expansion(account, Checkout, Payments));
    }

    public StripeAccount Account { get; }

    public Checkout Checkout { get; }

    public Payments Payments { get; }

    public Refunds Refunds { get; }

    public Disputes Disputes { get; }

    public StripeClockwork Clockwork { get; }

    public Routes Routes { get; }

    public SandboxFaults Faults { get; } = new(
        [
            ApiFaultKind.RateLimited, ApiFaultKind.ServerError, ApiFaultKind.ServerErrorAfterCommit, ApiFaultKind.ResetBeforeCommit,
            ApiFaultKind.ResetAfterCommit, ApiFaultKind.Slow, ApiFaultKind.Refused, ApiFaultKind.Unauthorized, ApiFaultKind.Forbidden,
        ],
        [
            WebhookFaultKind.Duplicate, WebhookFaultKind.Shuffle, WebhookFaultKind.Delay, WebhookFaultKind.Drop, WebhookFaultKind.WrongSignature,
            WebhookFaultKind.OldTimestamp, WebhookFaultKind.TwoSignatures, WebhookFaultKind.OtherApiVersion,
        ]);
}
