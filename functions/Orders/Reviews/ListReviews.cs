using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Reviews;

/// <summary>
/// <c>GET /api/reviews?limit=20&amp;continuation=…</c>: the orders whose money is stuck. About some a person must decide,
/// others a bank asks about, others owe what does not get away, a refund most likely, and of others a parcel has come back or got lost; with why and with the facts. One storage call a page, one for each order on
/// it and another for each that owes; a page can have fewer than its limit.
/// </summary>
public sealed partial class ListReviews(
    ReviewList reviews, OrderStore orders, ReconciliationSchedule schedule, ILogger<ListReviews> logger, TimeProvider clock)
{
    [Function(nameof(ListReviews))]
    [RequireRole(StaffRoles.Finance)]
    [Query("continuation", "limit")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "reviews")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, OrderIds.IsId);
        if (page is null) return invalid!;

        var (rows, next) = await reviews.PageAsync(page.Limit, page.After, cancellation);
        var found = await Task.WhenAll(rows.Select(row => ReadAsync(row, cancellation)));
        var response = new Response([.. found.OfType<ReviewView>()], Page.Continuation(next));
        return new JsonResult<Response>(response, ReviewWeb.Json.Type<Response>());
    }

    private async Task<ReviewView?> ReadAsync(ReviewRow row, CancellationToken cancellation)
    {
        try
        {
            if (await orders.FindAsync(row.RowKey, cancellation) is { } order && ReviewView.Of(order, row.ToHindrance(), clock.GetUtcNow()) is { } view)
                return view is { Owed.IsEmpty: true, Untaken.IsEmpty: true } && (order.IsDisputed || !view.Concerns.IsEmpty) ? view : view with { NextTryAt = (await schedule.FindAsync(order.Id, cancellation))?.Due };
        }
        catch (UnreadableOrderException)
        {
            // The others need to be seen; its row stays.
            LogUnreadable(row.RowKey);
            return null;
        }

        // The row outlived what it was about: the process that resolved it ended before it was taken out.
        await reviews.RemoveAsync(row.RowKey, row.ETag, cancellation);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId}, which a person must decide about, cannot be read")]
    private partial void LogUnreadable(string orderId);

    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(ImmutableArray<ReviewView> Items, string? Continuation);
}

[JsonSerializable(typeof(ListReviews.Response))]
[JsonSerializable(typeof(ResolveReview.Request))]
internal sealed partial class ReviewWeb : JsonSerializerContext
{
    public static ReviewWeb Json { get; } = new(Platform.Http.Json.Strict());
}
