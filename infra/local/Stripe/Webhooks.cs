using System.Net.Http.Headers;
using System.Text;

namespace Shop.Local.Stripe;

/// <summary>
/// One attempt to deliver one event: what was sent and what came of it. <c>Attempt</c> counts from 1 for each event, and copies of
/// a duplicate share it. <c>Status</c> is the answer's HTTP status, null when there was none; <c>Error</c> then says why.
/// </summary>
public sealed record WebhookDelivery(
    string EventId, string EventType, int Attempt, DateTimeOffset At, int? Status, string? Error, string Signature, string Body,
    IReadOnlyList<WebhookFaultKind> Faults)
{
    public bool Accepted => Status is >= 200 and < 300;
}

/// <summary>Sends events to the shop: signed, repeated with back-off until accepted, and wrongly where a fault says so.</summary>
internal sealed class Webhooks(StripeAccount account, StripeFaults faults) : IDisposable
{
    private const int DeliveriesKept = 1000;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Random _random = account.Options.Seed is { } seed ? new Random(seed) : Random.Shared;
    private readonly List<WebhookDelivery> _deliveries = [];
    private readonly Dictionary<string, TaskCompletionSource> _waiting = [];

    public Uri? Url { get; set; } = account.Options.WebhookUrl;

    public IReadOnlyList<string> Secrets { get; } =
        account.Options.WebhookSecrets.Count > 0 ? account.Options.WebhookSecrets : [account.NextId("whsec_", 32)];

    public IReadOnlyList<WebhookDelivery> Deliveries => account.Do(_ => _deliveries.ToList());

    /// <summary>Takes the events that are due; they are under way until <see cref="AttemptAsync"/> is done with them.</summary>
    public List<StripeEvent> TakeDue(bool ignoreBackOff) => account.Do(state =>
    {
        if (Url is null)
            return [];
        var pending = state.Events.Values.Where(e => e.Delivery == EventDelivery.Pending && !e.InFlight).ToList();
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
        : account.State.Events.Values
            .Where(e => e.Delivery == EventDelivery.Pending && !e.InFlight)
            .Select(e => (DateTimeOffset?)(e.NotBefore > e.NextAttempt ? e.NotBefore : e.NextAttempt))
            .Min();

    /// <summary>Sends the event, as many times as a fault says, and notes what came of it.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> AttemptAsync(StripeEvent raised, CancellationToken cancellationToken)
    {
        try
        {
            var url = Url ?? throw new InvalidOperationException("There is no webhook URL to deliver to.");
            var (planned, copies) = account.Do(_ => Plan(raised));
            var results = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => SendAsync(url, planned, cancellationToken)));
            await account.ChangeAsync(_ => Note(raised, results));
            return results;
        }
        finally
        {
            account.Do(_ => raised.InFlight = false);
        }
    }

    /// <summary>Ends when the event was sent for the first time, whatever came of it, or when a fault keeps it from being sent.</summary>
    public Task FirstAttemptAsync(string eventId) => account.Do(state =>
    {
        var raised = state.Events[eventId];
        if (Url is null || raised.Attempts > 0 || raised.Delivery == EventDelivery.Dropped || raised.NotBefore > account.Clock)
            return Task.CompletedTask;
        if (!_waiting.TryGetValue(eventId, out var waiting))
            _waiting[eventId] = waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return waiting.Task;
    });

    public void Dispose() => _http.Dispose();

    private void DecideFaults(StripeEvent raised)
    {
        raised.FaultsDecided = true;
        if (faults.Take(WebhookFaultKind.Drop, raised.Type) is not null)
        {
            raised.Delivery = EventDelivery.Dropped;
            Release(raised.Id);
        }
        else if (faults.Take(WebhookFaultKind.Delay, raised.Type) is { } delay)
        {
            raised.NotBefore = account.Clock + delay.Delay;
            Release(raised.Id);
        }
    }

    private void Shuffle(StripeEvent[] due)
    {
        var before = due.ToArray();
        _random.Shuffle(due);
        // A shuffle that changes nothing would make the fault a matter of luck.
        if (due.SequenceEqual(before))
            Array.Reverse(due);
    }

    private (WebhookDelivery Planned, int Copies) Plan(StripeEvent raised)
    {
        var used = new List<WebhookFaultKind>();
        WebhookFault? Use(WebhookFaultKind kind)
        {
            var fault = faults.Take(kind, raised.Type);
            if (fault is not null)
                used.Add(kind);
            return fault;
        }

        var version = Use(WebhookFaultKind.OtherApiVersion)?.ApiVersion ?? StripeAccount.ApiVersion;
        var body = Render.Text(Render.Event(raised, version, pendingWebhooks: 1));
        var now = account.Clock;
        var signedAt = Use(WebhookFaultKind.OldTimestamp) is null ? now : now - TimeSpan.FromHours(1);
        IEnumerable<string> secrets = Use(WebhookFaultKind.WrongSignature) is null ? Secrets : ["whsec_that_nobody_has"];
        if (Use(WebhookFaultKind.TwoSignatures) is not null)
            secrets = secrets.Prepend("whsec_of_before_the_rotation");
        var copies = Use(WebhookFaultKind.Duplicate)?.Copies ?? 1;
        var header = WebhookSignature.Header(body, secrets, signedAt, account.Options.SignWithV0);
        return (new WebhookDelivery(raised.Id, raised.Type, raised.Attempts + 1, now, null, null, header, body, used), copies);
    }

    private async Task<WebhookDelivery> SendAsync(Uri url, WebhookDelivery planned, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(account.Options.WebhookTimeout, account.Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(planned.Body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("Stripe-Signature", planned.Signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
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

    private bool Note(StripeEvent raised, WebhookDelivery[] results)
    {
        _deliveries.AddRange(results);
        _deliveries.RemoveRange(0, Math.Max(0, _deliveries.Count - DeliveriesKept));
        raised.InFlight = false;
        raised.Attempts++;
        if (results.All(result => result.Accepted))
        {
            raised.Delivery = EventDelivery.Delivered;
        }
        else if (raised.Delivery == EventDelivery.Pending)
        {
            var delays = account.Options.RetryDelays;
            if (raised.Attempts > delays.Count)
                raised.Delivery = EventDelivery.Failed;
            else
                raised.NextAttempt = account.Clock + delays[raised.Attempts - 1];
        }

        Release(raised.Id);
        return true;
    }

    private void Release(string eventId)
    {
        if (_waiting.Remove(eventId, out var waiting))
            waiting.TrySetResult();
    }
}
