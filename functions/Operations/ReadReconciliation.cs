using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary>
/// <c>GET /api/operations/reconciliation</c>: how far each provider's own list of events has been read, how far behind that
/// is, and what was found that would have been lost. Two storage calls.
/// </summary>
public sealed class ReadReconciliation(ReconciliationStore store, TimeProvider clock)
{
    [Function(nameof(ReadReconciliation))]
    [RequireRole(StaffRoles.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "operations/reconciliation")] HttpRequest request, CancellationToken cancellation)
    {
        var (lists, captures) = (await store.EventListsAsync(cancellation), await store.CapturesAsync(cancellation));
        var now = clock.GetUtcNow();
        var items = Providers.All.Select(provider => Item.Of(provider, lists.GetValueOrDefault(provider), [.. captures.Where(about => about.Provider == provider)], now));
        return new JsonResult<Response>(new([.. items]), ReconciliationWeb.Json.Type<Response>());
    }

    public sealed record Response(ImmutableArray<Item> Items);

    /// <param name="ReadTo">Everything that was told before this has been read; absent before the first run.</param>
    /// <param name="IsLate">Whether that is longer ago than the shop promises.</param>
    /// <param name="LastRunAt">When the provider last gave a page of its list.</param>
    /// <param name="Events">How many events of ours were read, ever.</param>
    /// <param name="Found">How many of them told an order something that it did not know when they were read: no webhook had brought it, or it was not applied yet.</param>
    public sealed record Item(
        string Provider, DateTimeOffset? ReadTo, long? LagSeconds, bool IsLate, DateTimeOffset? LastRunAt, long Events, long Found, CapturesPart? Captures)
    {
        public static Item Of(string provider, EventListProgress? list, ImmutableArray<CaptureReconciliation> captures, DateTimeOffset now) => new(
            provider,
            list?.ReadTo,
            (long?)list?.Lag(now).TotalSeconds,
            list?.Lag(now) > EventListProgress.LongestLag,
            list?.LastRunAt,
            list?.Events ?? 0,
            list?.Found ?? 0,
            captures.IsEmpty ? null : CapturesPart.Of(captures));
    }

    /// <summary>Asking about captures one by one, the last time that the list did not reach back far enough.</summary>
    /// <param name="PlacedSince">The orders that it is about.</param>
    /// <param name="CompletedAt">Absent while it goes on.</param>
    public sealed record CapturesPart(DateTimeOffset PlacedSince, long Asked, long Found, DateTimeOffset? CompletedAt)
    {
        /// <param name="questions">One for refunds and one for disputes.</param>
        public static CapturesPart Of(ImmutableArray<CaptureReconciliation> questions) => new(
            questions[0].PlacedSince,
            questions.Max(about => about.Asked),
            questions.Sum(about => about.Found),
            questions.Any(about => about.CompletedAt is null) ? null : questions.Max(about => about.CompletedAt));
    }
}

[JsonSerializable(typeof(ReadReconciliation.Response))]
internal sealed partial class ReconciliationWeb : JsonSerializerContext
{
    public static ReconciliationWeb Json { get; } = new(Platform.Http.Json.Strict());
}
