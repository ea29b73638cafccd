using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Carriers;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tracking;

/// <summary>
/// <c>GET /api/orders/{id}/tracking/stream</c>: the same as <see cref="ReadTracking"/>, as server-sent events: one at once, and one
/// after every change. It ends after a minute, or when nothing is expected to happen any more; whoever comes back with
/// <c>Last-Event-ID</c> is told only what is new, and 204 when there will be nothing. Only for its customer: staff read it, on
/// record. One storage call every five seconds. Whoever is told that too many are open polls.
/// </summary>
public sealed partial class StreamTracking(
    OrderStore orders, IOptions<CarrierOptions> carriers, OpenStreams streams, TimeProvider clock, ILogger<StreamTracking> logger)
{
    /// <summary>Below what proxies on the way bear, and what an instance has to wait for before it can be taken away.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private static readonly ReadOnlyMemory<byte> Opened = ": open\n\n"u8.ToArray();

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(2);

    [Function(nameof(StreamTracking))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}/tracking/stream")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await OrderAccess.FindAsync(orders, request, id, cancellation) is not { } order) return Problem.NotFound;
        var known = request.Headers["Last-Event-ID"].ToString();
        // A browser comes back until it is told that there is nothing more.
        if (NextStep.Of(order, clock.GetUtcNow()) is null && known == IdOf(order, null)) return Results.NoContent();
        if (HttpMethods.IsHead(request.Method)) return TypedResults.ServerSentEvents(AsyncEnumerable.Empty<SseItem<string>>());
        var (place, refused) = streams.Take(Caller.Of(request).AccountId);
        if (refused is not null) return refused;
        // An answer ends in many ways, and may never be begun: its own end is the one place that all of them come to.
        request.HttpContext.Response.RegisterForDispose(place!);
        return TypedResults.ServerSentEvents(FollowAsync(request.HttpContext.Response, order, OrderSight.Of(request, order), known, request.HttpContext.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<string>> FollowAsync(
        HttpResponse response, Order order, OrderSight sight, string known, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Also whoever knows all that there is hears at once that the stream is open: the host sends an answer on with its first byte, so a comment is sent.
        await response.Body.WriteAsync(Opened, cancellation);
        await response.Body.FlushAsync(cancellation);
        var began = clock.GetTimestamp();
        for (var current = order; current is not null; current = await NextAsync(current, began, cancellation))
        {
            var next = NextStep.Of(current, clock.GetUtcNow());
            if (IdOf(current, next) is var id && id != known) yield return ItemOf(current, sight, known = id, next);
            if (next is null) yield break;
        }
    }

    /// <returns>The order after a while; null when it is time to end, or when it is no longer the same person's.</returns>
    private async Task<Order?> NextAsync(Order order, long began, CancellationToken cancellation)
    {
        if (clock.GetElapsedTime(began) + PollInterval > Longest) return null;
        await Task.Delay(PollInterval, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellation.IsCancellationRequested) return null;
        try
        {
            return await orders.FindAsync(order.Id, cancellation) is { } current && current.AccountId == order.AccountId ? current : null;
        }
        catch (Exception failed) when (ProblemMiddleware.IsUnavailable(failed) || cancellation.IsCancellationRequested)
        {
            // The answer has begun: it can only end, and whoever listens comes back.
            LogEnded(failed, order.Id);
            return null;
        }
    }

    private SseItem<string> ItemOf(Order order, OrderSight sight, string id, NextStep? next) =>
        new(JsonSerializer.Serialize(ReadTracking.Response.Of(order, sight, carriers.Value, next), TrackingWeb.Json.Type<ReadTracking.Response>()), "tracking")
        {
            EventId = id,
            ReconnectionInterval = ComeBackAfter,
        };

    private static string IdOf(Order order, NextStep? next) => NextStep.TagOf(order, next).Trim('"');

    [LoggerMessage(Level = LogLevel.Information, Message = "A stream of order {OrderId} ends early: storage does not answer, or nobody listens any more")]
    private partial void LogEnded(Exception exception, string orderId);
}
