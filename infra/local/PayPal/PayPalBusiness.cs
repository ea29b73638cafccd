using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Everything that can happen at the sandbox, put together.</summary>
internal sealed class PayPalBusiness
{
    public PayPalBusiness(PayPalAccount account)
    {
        Account = account;
        Orders = new Orders(account);
        Captures = new Captures(account, Orders, Faults);
        Refunds = new Refunds(account, Captures, Faults);
        Disputes = new Disputes(account, Captures, Refunds);
        Clockwork = new PayPalClockwork(account, Captures, Refunds);
    }

    public PayPalAccount Account { get; }

    public Orders Orders { get; }

    public Captures Captures { get; }

    public Refunds Refunds { get; }

    public Disputes Disputes { get; }

    public PayPalClockwork Clockwork { get; }

    public SandboxFaults Faults { get; } = new(
        Enum.GetValues<ApiFaultKind>(),
        [
            WebhookFaultKind.Duplicate, WebhookFaultKind.Shuffle, WebhookFaultKind.Delay, WebhookFaultKind.Drop, WebhookFaultKind.WrongSignature,
            WebhookFaultKind.ForeignCertificateHost, WebhookFaultKind.HttpCertificateUrl, WebhookFaultKind.ForeignCertificate,
            WebhookFaultKind.WrongWebhookId,
        ]);
}
