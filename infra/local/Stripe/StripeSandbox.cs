using Microsoft.AspNetCore.Builder;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>
/// Stripe for one machine: the API that Stripe's client libraries speak, the hosted payment page, and signed webhooks, with
/// state and with misbehaviour on request. It does not depend on any Stripe library.
/// </summary>
public sealed class StripeSandbox : ProviderSandbox
{
    private readonly StripeBusiness _business;
    private readonly StripeWebhookFormat _format;
    private readonly StripeAccount _account;

    private StripeSandbox(StripeBusiness business, StripeWebhookFormat format)
        : base(business.Account, business.Clockwork, format, business.Faults) =>
        (_business, _account, _format) = (business, business.Account, format);

    /// <summary>The secrets that deliveries are signed with: the configured ones, or one of its own making.</summary>
    public IReadOnlyList<string> WebhookSecrets => _format.Secrets;

    /// <summary>What every payment came to, oldest first.</summary>
    public IReadOnlyList<PaymentBook> Books =>
        _account.Do(state => state.PaymentIntents.Values.Select(intent => PaymentBook.Of(state, intent)).ToList());

    /// <summary>Every checkout session, oldest first.</summary>
    public IReadOnlyList<SessionSummary> Sessions =>
        _account.Do(state => state.Sessions.Values.Select(session => SessionSummary.Of(session, _account.Address)).ToList());

    /// <summary>Every refund, oldest first.</summary>
    public IReadOnlyList<RefundSummary> Refunds => _account.Do(state => state.Refunds.Values
        .Select(refund => new RefundSummary(refund.Id, refund.PaymentIntentId, refund.Amount, refund.Currency, refund.Status)).ToList());

    /// <summary>Every dispute, oldest first.</summary>
    public IReadOnlyList<DisputeSummary> Disputes => _account.Do(state => state.Disputes.Values
        .Select(d => new DisputeSummary(d.Id, d.PaymentIntentId, d.Amount, d.Currency, d.Status, d.Reason, d.CaseType)).ToList());

    /// <summary>Starts the sandbox; it serves until it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The data directory holds a file that cannot be read.</exception>
    public static async Task<StripeSandbox> StartAsync(StripeSandboxOptions options, CancellationToken cancellationToken)
    {
        var business = new StripeBusiness(new StripeAccount(options));
        var sandbox = new StripeSandbox(business, new StripeWebhookFormat(business.Account));
        await sandbox.ListenAsync(cancellationToken);
        return sandbox;
    }

    /// <summary>Does on the payment page of an open session what a buyer would.</summary>
    /// <param name="total">Another amount than the shop asked for, as a promotion code or a charge for shipping set up in the dashboard makes it.</param>
    /// <exception cref="InvalidOperationException">The session is unknown, not open, or does not accept this.</exception>
    public async Task<SessionSummary> PayAsync(string sessionId, PaymentOutcome outcome, string? email = null, string? name = null, long? total = null)
    {
        await AdvanceAsync();
        return await ActAsync(() =>
        {
            if (total is not null)
                _business.Checkout.ChangeTotal(sessionId, total.Value);
            return SessionSummary.Of(_business.Payments.Pay(sessionId, outcome, email, name), _account.Address);
        });
    }

    /// <summary>Ends a delayed payment now: as chosen when it was made (null), paid (true) or bounced (false).</summary>
    public Task SettlePaymentAsync(string sessionId, bool? succeeds = null) => ActAsync(() =>
    {
        _business.Payments.Settle(sessionId, succeeds);
        return true;
    });

    /// <summary>Ends an open session before its time.</summary>
    public Task ExpireSessionAsync(string sessionId) => ActAsync(() => _business.Checkout.Expire(sessionId, Cause.None).Id);

    /// <summary>Refunds in the dashboard, behind the shop's back; everything that is left when no amount is given.</summary>
    /// <returns>The refund's id.</returns>
    public Task<string> RefundAsync(string paymentIntentId, long? amount = null)
    {
        var form = $"payment_intent={Uri.EscapeDataString(paymentIntentId)}{(amount is null ? "" : $"&amount={amount}")}";
        return ActAsync(() => _business.Refunds.Create(Parameter.Parse(form), Cause.None).Id);
    }

    /// <summary>Ends a refund now. One that succeeded may still fail.</summary>
    public Task SettleRefundAsync(string refundId, bool succeeds = true) => ActAsync(() =>
    {
        _business.Refunds.Settle(refundId, succeeds);
        return true;
    });

    /// <summary>Lets the buyer's bank dispute a payment; what is not refunded of it when no amount is given.</summary>
    /// <returns>The dispute's id.</returns>
    public Task<string> OpenDisputeAsync(string paymentIntentId, string reason = "fraudulent", long? amount = null, DisputeKind kind = DisputeKind.Chargeback) =>
        ActAsync(() => _business.Disputes.Open(paymentIntentId, reason, amount, kind).Id);

    /// <summary>Lets the bank ask for the money that it has inquired about.</summary>
    public Task EscalateDisputeAsync(string disputeId) => ActAsync(() => _business.Disputes.Escalate(disputeId).Id);

    /// <summary>Lets the bank decide a dispute, or be content with the answer to an inquiry.</summary>
    public Task CloseDisputeAsync(string disputeId, DisputeOutcome outcome) =>
        ActAsync(() => _business.Disputes.Close(disputeId, outcome, Cause.None).Id);

    private protected override ISandboxControl Control => new StripeControl(this);

    private protected override void Map(WebApplication app)
    {
        var page = new PaymentPage(this, _account, Webhooks);
        app.MapGet("/c/pay/{id}", page.ShowAsync);
        app.MapPost("/c/pay/{id}", page.ActAsync);
        app.Map("/{**path}", new ApiServer(_account, _business.Routes, _business.Clockwork, Faults).HandleAsync);
    }

    private protected override string SubjectOf(SandboxEvent raised) => (string)raised.Object["id"]!;

    private async Task<T> ActAsync<T>(Func<T> act)
    {
        try
        {
            return await _account.ChangeAsync(_ => act());
        }
        catch (ApiError e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }
}
