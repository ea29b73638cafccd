using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Tracking;

/// <summary>
/// <c>GET /api/tracking?link=…</c>: where an order's goods are, for whoever has the link from a mail; a page for a browser, JSON
/// for whoever does not ask for one. One storage call, and none for a link that is not good.
/// </summary>
public sealed partial class FollowLink(OrderStore orders, SignedLinks links, RateLimits limits, IOptions<RetentionPeriods> periods, TimeProvider clock, ILogger<FollowLink> logger)
{
    private const string Instead = "Sign in to the shop to see your order.";

    // This page only shows: there is nothing that could have had an effect.
    private static readonly HtmlPage GonePage = new("This link is out of date", $"<p>Its time is over. {Instead}</p>", 410);

    private static readonly HtmlPage NotNow = new("Not to be seen now", "<p>Where your order is cannot be shown at the moment. Try the same link again later.</p>", 503);

    private static readonly Problem Gone = new(410, "link-expired", "The time of this link is over. " + Instead);

    [Function(nameof(FollowLink))]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = TrackingLink.Route)] HttpRequest request, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.AppendCommaSeparatedValues("Vary", "Accept");
        var isPage = HtmlPage.IsWanted(request);
        try
        {
            return await FindAsync(request, isPage, cancellation);
        }
        catch (Exception failed) when (isPage && ProblemMiddleware.IsUnavailable(failed) && !cancellation.IsCancellationRequested)
        {
            LogUnavailable(failed);
            return NotNow;
        }
    }

    private async Task<IResult> FindAsync(HttpRequest request, bool isPage, CancellationToken cancellation)
    {
        var opened = TrackingLink.Open(request, links);
        if (opened.State == LinkState.Invalid) return isPage ? LinkPages.NotGood(opened.State, Instead) : Problem.NotFound;
        if (opened.Content is not { } link) return isPage ? GonePage : Gone;
        if (await limits.TakeAsync(LinkPages.Rate, opened.Id, cancellation) is { } wait) return isPage ? LinkPages.TooMany : RateLimits.TooMany(wait);
        // Once nobody's account leads to the order, a mail that somebody kept does not either.
        if (await orders.FindAsync(link.OrderId, cancellation) is not { LeadsToNobody: false } order)
            return isPage ? GonePage : Gone;

        var next = NextStep.Of(order, clock.GetUtcNow());
        var (tracking, tag) = (LinkedTracking.Of(order, next), NextStep.TagOf(order, next));
        return isPage
            ? tracking.Page(new(periods.Value.Zone())) with { ETag = ETags.OfText($"page {tag}") }
            : new JsonResult<LinkedTracking>(tracking, LinkedTrackingWeb.Json.Type<LinkedTracking>()) { ETag = tag };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A tracking link could not be followed: storage does not answer")]
    private partial void LogUnavailable(Exception exception);
}
