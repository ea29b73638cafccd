namespace Shop.Local.Sandboxes;

/// <summary>
/// One attempt to deliver one event: what was sent and what came of it. <c>Attempt</c> counts from 1 for each event, and copies of
/// a duplicate share it. <c>Status</c> is the answer's HTTP status, null when there was none; <c>Error</c> then says why.
/// </summary>
public sealed record WebhookDelivery(
    string EventId, string EventType, int Attempt, DateTimeOffset At, int? Status, string? Error, IReadOnlyDictionary<string, string> Headers,
    string Body, IReadOnlyList<WebhookFaultKind> Faults)
{
    public bool Accepted => Status is >= 200 and < 300;
}
