using Microsoft.AspNetCore.Builder;

namespace Shop.Local.Stripe;

/// <summary>
/// Stripe for one machine: the API that Stripe's client libraries speak, the hosted payment page, and signed webhooks, with
/// state and with misbehaviour on request. It does not depend on any Stripe library.
/// </summary>
public sealed class StripeSandbox : IAsyncDisposable
{
    private readonly StateFile _file;
    private readonly StripeAccount _account;
    private readonly Checkout _checkout;
    private readonly Payments _payments;
    private readonly Refunds _refunds;
    private readonly Disputes _disputes;
    private readonly Clockwork _clockwork;
    private readonly Webhooks _webhooks;
    private readonly DeliveryLoop _loop;
    private LoopbackServer? _server;

    private StripeSandbox(StripeSandboxOptions options)
    {
        _file = new StateFile(options.DataDirectory);
        _account = new StripeAccount(options, _file);
        _checkout = new Checkout(_account);
        _payments = new Payments(_account, _checkout);
        _refunds = new Refunds(_account, _payments);
        _disputes = new Disputes(_account, _payments);
        _clockwork = new Clockwork(_account, _checkout, _payments, _refunds);
        _webhooks = new Webhooks(_account, Faults);
        _loop = new DeliveryLoop(_account, _clockwork, _webhooks);
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:7073/</c>: the API base, the payment pages and a control page.</summary>
    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The Stripe sandbox has not started.");

    /// <summary>What is to go wrong next.</summary>
    public StripeFaults Faults { get; } = new();

    /// <summary>Where events are sent. While it is null they wait.</summary>
    public Uri? WebhookUrl
    {
        get => _webhooks.Url;
        set
        {
            _webhooks.Url = value;
            _loop.Wake();
        }
    }

    /// <summary>The secrets that deliveries are signed with: the configured ones, or one of its own making.</summary>
    public IReadOnlyList<string> WebhookSecrets => _webhooks.Secrets;

    /// <summary>The last thousand attempts to deliver an event, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _webhooks.Deliveries;

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
        .Select(d => new DisputeSummary(d.Id, d.PaymentIntentId, d.Amount, d.Currency, d.Status, d.Reason)).ToList());

    /// <summary>Every event, oldest first.</summary>
    public IReadOnlyList<EventSummary> Events => _account.Do(state => state.Events.Values
        .Select(e => new EventSummary(
            e.Id, e.Type, (string)e.Object["id"]!, DateTimeOffset.FromUnixTimeSeconds(e.Created), e.Delivery, e.Attempts)).ToList());

    /// <summary>Starts the sandbox; it serves until it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The data directory holds a file that cannot be read.</exception>
    public static async Task<StripeSandbox> StartAsync(StripeSandboxOptions options, CancellationToken cancellationToken)
    {
        var sandbox = new StripeSandbox(options);
        try
        {
            sandbox._server = await LoopbackServer.StartAsync(options.Port, sandbox.Map, cancellationToken);
            sandbox._account.Address = sandbox._server.Address;
            sandbox._loop.Start();
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does on the payment page of an open session what a buyer would.</summary>
    /// <exception cref="InvalidOperationException">The session is unknown, not open, or does not accept this.</exception>
    public async Task<SessionSummary> PayAsync(string sessionId, PaymentOutcome outcome, string? email = null, string? name = null)
    {
        await _clockwork.AdvanceAsync();
        return await ActAsync(() => SessionSummary.Of(_payments.Pay(sessionId, outcome, email, name), _account.Address));
    }

    /// <summary>Ends a delayed payment now: as chosen when it was made (null), paid (true) or bounced (false).</summary>
    public Task SettlePaymentAsync(string sessionId, bool? succeeds = null) => ActAsync(() =>
    {
        _payments.Settle(sessionId, succeeds);
        return true;
    });

    /// <summary>Ends an open session before its time.</summary>
    public Task ExpireSessionAsync(string sessionId) => ActAsync(() => _checkout.Expire(sessionId, Cause.None).Id);

    /// <summary>Refunds in the dashboard, behind the shop's back; everything that is left when no amount is given.</summary>
    /// <returns>The refund's id.</returns>
    public Task<string> RefundAsync(string paymentIntentId, long? amount = null)
    {
        var form = $"payment_intent={Uri.EscapeDataString(paymentIntentId)}{(amount is null ? "" : $"&amount={amount}")}";
        return ActAsync(() => _refunds.Create(Parameter.Parse(form), Cause.None).Id);
    }

    /// <summary>Ends a refund now. One that succeeded may still fail.</summary>
    public Task SettleRefundAsync(string refundId, bool succeeds = true) => ActAsync(() =>
    {
        _refunds.Settle(refundId, succeeds);
        return true;
    });

    /// <summary>Lets the buyer's bank dispute a payment; what is not refunded of it when no amount is given.</summary>
    /// <returns>The dispute's id.</returns>
    public Task<string> OpenDisputeAsync(string paymentIntentId, string reason = "fraudulent", long? amount = null) =>
        ActAsync(() => _disputes.Open(paymentIntentId, reason, amount).Id);

    /// <summary>Lets the bank decide a dispute.</summary>
    public Task CloseDisputeAsync(string disputeId, DisputeOutcome outcome) =>
        ActAsync(() => _disputes.Close(disputeId, outcome, Cause.None).Id);

    /// <summary>Does what the clock has made due: sessions expire and, in automatic mode, delayed payments and refunds settle.</summary>
    public Task AdvanceAsync() => _clockwork.AdvanceAsync();

    /// <summary>
    /// Sends every event that waits, once each, in order, without regard to back-off (a delay fault does keep an event back).
    /// Events that are refused wait for the next call.
    /// </summary>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliverAsync(CancellationToken cancellationToken = default)
    {
        await _clockwork.AdvanceAsync();
        var deliveries = new List<WebhookDelivery>();
        foreach (var raised in _webhooks.TakeDue(ignoreBackOff: true))
            deliveries.AddRange(await _webhooks.AttemptAsync(raised, cancellationToken));
        return deliveries;
    }

    /// <summary>Sends one event (again), whether or not it was delivered before.</summary>
    /// <exception cref="InvalidOperationException">There is no such event, or no webhook URL.</exception>
    public Task<IReadOnlyList<WebhookDelivery>> DeliverAsync(string eventId, CancellationToken cancellationToken = default)
    {
        var raised = _account.Do(state => state.Events.GetValueOrDefault(eventId))
            ?? throw new InvalidOperationException($"There is no event {eventId}.");
        return _webhooks.AttemptAsync(raised, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        await _loop.DisposeAsync();
        _webhooks.Dispose();
        await _file.SaveAsync(_account);
        _file.Dispose();
    }

    private void Map(WebApplication app)
    {
        var routes = new Routes(_account, _checkout, _payments, _refunds, _disputes, new Expansion(_account, _checkout, _payments));
        var page = new PaymentPage(this, _account, _webhooks);
        var control = new ControlApi(this);
        app.MapGet("/c/pay/{id}", page.ShowAsync);
        app.MapPost("/c/pay/{id}", page.ActAsync);
        app.MapGet("/", context => ControlPage.WriteAsync(context, this));
        app.MapGet("/sandbox/{what}", control.ShowAsync);
        app.MapPost("/sandbox/{**action}", control.ActAsync);
        app.Map("/{**path}", new ApiServer(_account, routes, _clockwork, Faults).HandleAsync);
    }

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
