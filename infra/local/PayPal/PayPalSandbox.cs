using Microsoft.AspNetCore.Builder;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>
/// PayPal for one machine: the API that PayPal's client library speaks, the page on which buyers approve, and signed webhooks,
/// with state and with misbehaviour on request. It does not depend on any PayPal library.
/// </summary>
public sealed class PayPalSandbox : ProviderSandbox
{
    private readonly PayPalBusiness _business;
    private readonly PayPalWebhookFormat _format;
    private readonly PayPalAccount _account;

    private PayPalSandbox(PayPalBusiness business, PayPalWebhookFormat format)
        : base(business.Account, business.Clockwork, format, business.Faults) =>
        (_business, _account, _format) = (business, business.Account, format);

    /// <summary>The webhooks that verification knows; deliveries are signed for the first.</summary>
    public IReadOnlyList<string> WebhookIds => _format.WebhookIds;

    /// <summary>The certificate at the end of the chain that deliveries are verified with, as PEM.</summary>
    public string RootCertificate => _format.RootPem;

    /// <summary>What every order came to, oldest first.</summary>
    public IReadOnlyList<OrderBook> Books => _account.Do(state => state.Orders.Values.Select(order => OrderBook.Of(state, order)).ToList());

    /// <summary>Every order, oldest first.</summary>
    public IReadOnlyList<OrderSummary> Orders => _account.Do(state => state.Orders.Values.Select(SummaryOf).ToList());

    /// <summary>Every capture, oldest first.</summary>
    public IReadOnlyList<CaptureSummary> Captures => _account.Do(state => state.Captures.Values
        .Select(c => new CaptureSummary(c.Id, c.OrderId, Amounts.ToMinor(c.Amount, c.Currency), c.Currency, c.Status, c.Reason)).ToList());

    /// <summary>Every refund, oldest first.</summary>
    public IReadOnlyList<RefundOfCapture> Refunds => _account.Do(state => state.Refunds.Values
        .Select(r => new RefundOfCapture(r.Id, r.CaptureId, Amounts.ToMinor(r.Amount, r.Currency), r.Currency, r.Status)).ToList());

    /// <summary>Every dispute, oldest first.</summary>
    public IReadOnlyList<DisputeOfCapture> Disputes => _account.Do(state => state.Disputes.Values.Select(DisputeOfCapture.Of).ToList());

    /// <summary>Everything that was reversed, oldest first.</summary>
    public IReadOnlyList<ReversalOfCapture> Reversals => _account.Do(state => state.Reversals.Values
        .Select(r => (Reversal: r, state.Captures.Look(r.CaptureId).Currency))
        .Select(it => new ReversalOfCapture(it.Reversal.Id, it.Reversal.CaptureId, Amounts.ToMinor(it.Reversal.Amount, it.Currency), it.Currency)).ToList());

    /// <summary>Starts the sandbox; it serves until it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The data directory holds a file that cannot be read.</exception>
    public static async Task<PayPalSandbox> StartAsync(PayPalSandboxOptions options, CancellationToken cancellationToken)
    {
        var business = new PayPalBusiness(new PayPalAccount(options));
        var sandbox = new PayPalSandbox(business, new PayPalWebhookFormat(business.Account));
        await sandbox.ListenAsync(cancellationToken);
        return sandbox;
    }

    /// <summary>Does on PayPal's page what a buyer would; the shop must still capture.</summary>
    /// <exception cref="InvalidOperationException">The order is unknown, gone, or not to be approved.</exception>
    public Task<OrderSummary> ApproveAsync(
        string orderId, BuyerChoice choice = BuyerChoice.Approves, string? email = null, string? name = null, string? declineCode = null) =>
        ActAsync(() => SummaryOf(_business.Orders.Approve(orderId, choice, email, name, declineCode)));

    /// <summary>Takes an approval back before the shop has captured.</summary>
    public Task ReverseApprovalAsync(string orderId) => ActAsync(() => _business.Orders.Unapprove(orderId).Id);

    /// <summary>Ends a pending capture: completed, or denied.</summary>
    public Task SettleCaptureAsync(string captureId, bool succeeds = true) => ActAsync(() =>
    {
        _business.Captures.Settle(captureId, succeeds);
        return true;
    });

    /// <summary>Takes back what is left of a capture, as PayPal does for a chargeback; a part of it when an amount is given.</summary>
    /// <param name="amount">In ISO 4217's minor units.</param>
    public Task ReverseCaptureAsync(string captureId, long? amount = null) => ActAsync(() =>
    {
        _business.Captures.Reverse(captureId, InUnits(captureId, amount));
        return true;
    });

    /// <summary>Refunds in the dashboard, behind the shop's back; everything that is left when no amount is given.</summary>
    /// <param name="amount">In ISO 4217's minor units.</param>
    /// <returns>The refund's id.</returns>
    public Task<string> RefundAsync(string captureId, long? amount = null) => ActAsync(() =>
    {
        var body = amount is null ? "{}" : $$"""{"amount":{{RenderOrder.Text(MoneyOf(captureId, amount.Value))}}}""";
        return _business.Refunds.Create(captureId, Body.Parse(body)).Id;
    });

    /// <summary>Ends a refund now. One that was completed may still fail.</summary>
    public Task SettleRefundAsync(string refundId, bool succeeds = true) => ActAsync(() =>
    {
        _business.Refunds.Settle(refundId, succeeds);
        return true;
    });

    /// <summary>Lets the buyer dispute a capture; what is not refunded of it when no amount is given.</summary>
    /// <param name="amount">In ISO 4217's minor units.</param>
    /// <param name="isInquiry">Buyer and shop still talk; nobody is to decide.</param>
    /// <returns>The dispute's id.</returns>
    public Task<string> OpenDisputeAsync(
        string captureId, string reason = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", long? amount = null, bool isInquiry = false) =>
        ActAsync(() => _business.Disputes.Open(captureId, reason, InUnits(captureId, amount), isInquiry).Id);

    /// <summary>Lets PayPal begin to look into a dispute; an inquiry becomes a claim by that.</summary>
    public Task ReviewDisputeAsync(string disputeId) => ActAsync(() => _business.Disputes.Review(disputeId).Id);

    /// <summary>Lets PayPal decide a dispute, or the buyer drop an inquiry.</summary>
    /// <param name="given">What the buyer gets when the shop loses, in ISO 4217's minor units; all that was asked for when it is null.</param>
    /// <param name="reverses">Whether PayPal tells of what it takes by a reversal as well.</param>
    public Task CloseDisputeAsync(string disputeId, DisputeOutcome outcome, long? given = null, bool reverses = false) =>
        ActAsync(() => _business.Disputes.Close(disputeId, outcome, InUnits(_business.Disputes.Find(disputeId).CaptureId, given), reverses).Id);

    /// <summary>Lets the buyer accept a part: it is refunded, and the dispute is over.</summary>
    /// <param name="amount">In ISO 4217's minor units.</param>
    public Task OfferInDisputeAsync(string disputeId, long amount) =>
        ActAsync(() => _business.Disputes.Offer(disputeId, InUnits(_business.Disputes.Find(disputeId).CaptureId, amount)!.Value).Id);

    /// <summary>Ends every bearer token before its time.</summary>
    public Task RevokeTokensAsync() => ActAsync(() =>
    {
        _account.State.Tokens.Prune(static _ => true);
        return true;
    });

    private protected override ISandboxControl Control => new PayPalControl(this);

    private protected override void Map(WebApplication app)
    {
        var api = new ApiServer(_business, _format);
        var page = new ApprovalPage(this, _business);
        app.MapGet("/checkoutnow", page.ShowAsync);
        app.MapPost("/checkoutnow", page.ActAsync);
        app.MapPost("/v1/oauth2/token", api.TokenAsync);
        app.MapGet("/v1/notifications/certs/{id}", api.CertificateAsync);
        app.Map("/{**path}", api.HandleAsync);
    }

    private protected override string SubjectOf(SandboxEvent raised) =>
        (string)(raised.Object["id"] ?? raised.Object["dispute_id"] ?? raised.Object["order_id"])!;

    private decimal? InUnits(string captureId, long? amount) =>
        amount is null ? null : Amounts.FromMinor(amount.Value, _business.Captures.Find(captureId).Currency);

    private System.Text.Json.Nodes.JsonObject MoneyOf(string captureId, long amount)
    {
        var currency = _business.Captures.Find(captureId).Currency;
        return Amounts.Json(Amounts.FromMinor(amount, currency), currency);
    }

    private OrderSummary SummaryOf(Order order) => new(
        order.Id, _business.Orders.IsGone(order) ? "GONE" : order.Status, order.CustomId, order.InvoiceId, Amounts.ToMinor(order.Total, order.Currency),
        order.Currency, order.CaptureId, PayPal.Orders.CanApprove(order) && !_business.Orders.IsGone(order) ? _business.Orders.PageOf(order) : null);

    private async Task<T> ActAsync<T>(Func<T> act)
    {
        await AdvanceAsync();
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
