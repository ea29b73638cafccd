using System.Text;

namespace Shop.Local.Sandboxes;

/// <summary>Sends events to the shop: signed, repeated with back-off until accepted, and wrongly where a fault says so.</summary>
internal sealed class Webhooks(SandboxAccount account, SandboxFaults faults, IWebhookFormat format) : IDisposable
{
    private const int DeliveriesKept = 1000;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Random _random = account.Settings.Seed is { } seed ? new Random(seed) : Random.Shared;
    private readonly List<WebhookDelivery> _deliveries = [];
    private readonly Dictionary<string, TaskCompletionSource> _waiting = [];

    public Uri? Url { get; set; } = account.Settings.WebhookUrl;

    public IReadOnlyList<WebhookDelivery> Deliveries => account.Alone(() => _deliveries.ToList());

    /// <summary>Takes the events that are due; they are under way until <see cref="AttemptAsync"/> is done with them.</summary>
    public List<SandboxEvent> TakeDue(bool ignoreBackOff) => account.Alone(() =>
    {
        if (Url is null || account.IsAway)
            return [];
        var pending = account.Waiting.Where(e => !e.InFlight).ToList();
        foreach (var raised in pending.Where(e => !e.FaultsDecided))
            DecideFaults(raised);
        var now = account.Clock;
        var due = pending
            .Where(e => e.Delivery == EventDelivery.Pending && e.NotBefore <= now && (ignoreBackOff || e.NextAttempt <= now))
            .ToArray();
        if (due.Length > 1 && faults.Take(WebhookFaultKind.Shuffle, null) is not null)
            Shuffle(due);
        foreach (var raised in due)
            raised.InFlight = true;
        return due.ToList();
    });

    /// <summary>When the next event is due; null when none waits.</summary>
    public DateTimeOffset? NextDue() => Url is null
        ? null
        : account.Waiting
            .Where(e => !e.InFlight)
            .Select(e => (DateTimeOffset?)new[] { e.NotBefore, e.NextAttempt, account.AwayUntil }.Max())
            .Min();

    /// <summary>Sends the event, as many times as a fault says, and notes what came of it.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> AttemptAsync(SandboxEvent raised, CancellationToken cancellationToken)
    {
        try
        {
            var url = Url ?? throw new InvalidOperationException("There is no webhook URL to deliver to.");
            var (planned, copies) = account.Alone(() => Plan(raised));
            var results = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => SendAsync(url, planned, cancellationToken)));
            await account.CommitAsync(() => Note(raised, results));
            return results;
        }
        finally
        {
            account.Alone(() => raised.InFlight = false);
        }
    }

    /// <summary>Ends when the event was sent for the first time, whatever came of it, or when a fault keeps it from being sent.</summary>
    public Task FirstAttemptAsync(string eventId) => account.Alone(() =>
    {
        var raised = account.Events[eventId];
        if (Url is null || account.IsAway || raised.Attempts > 0 || raised.Delivery == EventDelivery.Dropped || raised.NotBefore > account.Clock)
            return Task.CompletedTask;
        if (!_waiting.TryGetValue(eventId, out var waiting))
            _waiting[eventId] = waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return waiting.Task;
    });

    public void Dispose() => _http.Dispose();

    private void DecideFaults(SandboxEvent raised)
    {
        account.Events.Touch(raised.Id);
        raised.FaultsDecided = true;
        if (faults.Take(WebhookFaultKind.Drop, raised.Type) is not null)
        {
            raised.Delivery = EventDelivery.Dropped;
            account.NoLongerWaits(raised);
            Release(raised.Id);
        }
        else if (faults.Take(WebhookFaultKind.Delay, raised.Type) is { } delay)
        {
            raised.NotBefore = account.Clock + delay.Delay;
            Release(raised.Id);
        }
    }

    private void Shuffle(SandboxEvent[] due)
    {
        var before = due.ToArray();
        _random.Shuffle(due);
        // A shuffle that changes nothing would make the fault a matter of luck.
        if (due.SequenceEqual(before))
            Array.Reverse(due);
    }

    private (WebhookDelivery Planned, int Copies) Plan(SandboxEvent raised)
    {
        var used = new List<WebhookFaultKind>();
        WebhookFault? Use(WebhookFaultKind kind)
        {
            var fault = faults.Take(kind, raised.Type);
            if (fault is not null)
                used.Add(kind);
            return fault;
        }

        var signed = format.Sign(raised, Use);
        var copies = Use(WebhookFaultKind.Duplicate)?.Copies ?? 1;
        return (new WebhookDelivery(raised.Id, raised.Type, raised.Attempts + 1, account.Clock, null, null, signed.Headers, signed.Body, used), copies);
    }

    private async Task<WebhookDelivery> SendAsync(Uri url, WebhookDelivery planned, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(account.Settings.WebhookTimeout, account.Settings.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(planned.Body));
        request.Content.Headers.ContentType = format.ContentType;
        foreach (var (name, value) in planned.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return planned with { Status = (int)response.StatusCode };
        }
        catch (HttpRequestException e)
        {
            return planned with { Error = e.HttpRequestError.ToString() };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return planned with { Error = "TimedOut" };
        }
    }

    private bool Note(SandboxEvent raised, WebhookDelivery[] results)
    {
        _deliveries.AddRange(results);
        _deliveries.RemoveRange(0, Math.Max(0, _deliveries.Count - DeliveriesKept));
        raised.InFlight = false;
        account.Events.Touch(raised.Id);
        raised.Attempts++;
        if (results.All(result => result.Accepted))
        {
            raised.Delivery = EventDelivery.Delivered;
        }
        else if (raised.Delivery == EventDelivery.Pending)
        {
            var delays = account.Settings.RetryDelays;
            if (raised.Attempts > delays.Count)
                raised.Delivery = EventDelivery.Failed;
            else
                raised.NextAttempt = account.Clock + delays[raised.Attempts - 1];
        }

        if (raised.Delivery != EventDelivery.Pending)
            account.NoLongerWaits(raised);
        Release(raised.Id);
        return true;
    }

    private void Release(string eventId)
    {
        if (_waiting.Remove(eventId, out var waiting))
            waiting.TrySetResult();
    }
}
