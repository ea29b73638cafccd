using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Reviews;

/// <summary>
/// <c>GET /api/reviews?limit=20&amp;continuation=…</c>: the orders whose money a person must decide about, with why and
/// with the facts. One storage call a page and one for each order on it; a page can have fewer than its limit.
/// </summary>
public sealed class ListReviews(ReviewList reviews, OrderStore orders)
{
    [Function(nameof(ListReviews))]
    [RequireRole(StaffRoles.Finance)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "reviews")] HttpRequest request, CancellationToken cancellation)
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
        if (await orders.FindAsync(row.RowKey, cancellation) is { } order && ReviewView.Of(order, row.Why) is { } view) return view;
        // The row outlived what it was about: the process that resolved it ended before it was taken out.
        await reviews.RemoveAsync(row.RowKey, row.ETag, cancellation);
        return null;
    }

    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(ImmutableArray<ReviewView> Items, string? Continuation);
}

[JsonSerializable(typeof(ListReviews.Response))]
[JsonSerializable(typeof(ResolveReview.Request))]
internal sealed partial class ReviewWeb : JsonSerializerContext
{
    public static ReviewWeb Json { get; } = new(Platform.Http.Json.Strict());
}
