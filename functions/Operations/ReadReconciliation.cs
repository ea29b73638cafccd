using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary><c>GET /api/operations/reconciliation</c>: how far each provider's list of events has been read, and what was found.</summary>
public sealed class ReadReconciliation(EventListStore lists, TimeProvider clock)
{
    [Function(nameof(ReadReconciliation))]
    [RequireRole(StaffRoles.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operations/reconciliation")] HttpRequest request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var items = new List<Item>();
        foreach (var provider in Providers.All) items.Add(Item.Of(provider, await lists.FindAsync(provider, cancellation), now));
        return new JsonResult<Response>(new([.. items]), ReconciliationWeb.Json.Type<Response>()) { CacheControl = "no-store" };
    }

    public sealed record Response(ImmutableArray<Item> Items);

    /// <param name="ReadTo">Everything told before this has been read; absent before the first run.</param>
    /// <param name="LastRunAt">When a page was last read.</param>
    /// <param name="Events">How many of our events were read, ever.</param>
    /// <param name="Found">How many of them had never come as webhooks.</param>
    public sealed record Item(string Provider, DateTimeOffset? ReadTo, long? LagSeconds, DateTimeOffset? LastRunAt, long Events, long Found)
    {
        public static Item Of(string provider, EventListProgress? progress, DateTimeOffset now) => new(
            provider,
            progress?.ReadTo,
            progress is null ? null : (long)progress.Lag(now).TotalSeconds,
            progress?.LastRunAt,
            progress?.Events ?? 0,
            progress?.Found ?? 0);
    }
}

[JsonSerializable(typeof(ReadReconciliation.Response))]
internal sealed partial class ReconciliationWeb : JsonSerializerContext
{
    public static ReconciliationWeb Json { get; } = new(Platform.Http.Json.Strict());
}
