using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.Sandboxes;

/// <summary>What every payment provider's sandbox is: a server on this machine, and events on their way to the shop.</summary>
public abstract class ProviderSandbox : IAsyncDisposable
{
    private readonly SandboxAccount _account;
    private readonly Clockwork _clockwork;
    private readonly Webhooks _webhooks;
    private readonly DeliveryLoop _loop;
    private LoopbackServer? _server;

    private protected ProviderSandbox(SandboxAccount account, Clockwork clockwork, IWebhookFormat format, SandboxFaults faults)
    {
        (_account, _clockwork, Faults) = (account, clockwork, faults);
        _webhooks = new Webhooks(account, faults, format);
        _loop = new DeliveryLoop(account, clockwork, _webhooks);
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:7073/</c>: the API base, the payment pages and a control page.</summary>
    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The sandbox has not started.");

    /// <summary>What is to go wrong next.</summary>
    public SandboxFaults Faults { get; }

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

    /// <summary>The last thousand attempts to deliver an event, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _webhooks.Deliveries;

    /// <summary>Every event, oldest first.</summary>
    public IReadOnlyList<EventSummary> Events => _account.Alone(() => _account.Events.Values
        .Select(e => new EventSummary(e.Id, e.Type, SubjectOf(e), DateTimeOffset.FromUnixTimeSeconds(e.Created), e.Delivery, e.Attempts)).ToList());

    private protected Webhooks Webhooks => _webhooks;

    /// <summary>
    /// An outage: for so long every connection of shops and buyers breaks and no event is sent; what was done stays done. The control
    /// page and API are there all the while. No time at all ends it.
    /// </summary>
    public void BeAway(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        _account.AwayUntil = _account.Clock + time;
        _loop.Wake();
    }

    /// <summary>Does what the clock has made due: what expires does and, in automatic mode, what is pending settles.</summary>
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
        var raised = _account.Alone(() => _account.Events.TryGetValue(eventId, out var known) ? known : null)
            ?? throw new InvalidOperationException($"There is no event {eventId}.");
        return _webhooks.AttemptAsync(raised, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        await _loop.DisposeAsync();
        _webhooks.Dispose();
        await _account.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins to listen; what was begun is ended again when that fails.</summary>
    private protected async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _server = await LoopbackServer.StartAsync(_account.Settings.Port, MapAll, cancellationToken);
            _account.Address = _server.Address;
            _loop.Start();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>The provider's part of the control page and API.</summary>
    private protected abstract ISandboxControl Control { get; }

    /// <summary>The provider's own routes.</summary>
    private protected abstract void Map(WebApplication app);

    /// <summary>The id of what an event is about.</summary>
    private protected abstract string SubjectOf(SandboxEvent raised);

    private Task BreakWhileAwayAsync(HttpContext context, RequestDelegate next)
    {
        if (!_account.IsAway || context.Request.Path == "/" || context.Request.Path.StartsWithSegments("/sandbox")) return next(context);
        context.Abort();
        return Task.CompletedTask;
    }

    private void MapAll(WebApplication app)
    {
        var control = new ControlApi(this, Control);
        app.Use(BreakWhileAwayAsync);
        app.MapGet("/", context => ControlPage.WriteAsync(context, this, Control));
        app.MapGet("/sandbox/{what}", control.ShowAsync);
        app.MapPost("/sandbox/{**action}", control.ActAsync);
        Map(app);
    }
}
