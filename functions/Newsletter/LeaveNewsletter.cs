using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Newsletter;

/// <summary>
/// <c>POST /api/newsletter/unsubscribe</c>: takes an address off the list, as a mail program asks for it at one press of its own
/// button (RFC 8058); <c>GET</c> shows a button to those who follow the link. Whoever has the link; no cookie, no second step.
/// </summary>
public sealed partial class LeaveNewsletter(IMailingList list, SignedLinks links, RateLimits limits, TimeProvider clock, ILogger<LeaveNewsletter> logger)
{
    [Function("AskToLeaveNewsletter")]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public IResult Ask([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = NewsletterLink.UnsubscribeRoute)] HttpRequest request)
    {
        var opened = NewsletterLink.Open(NewsletterLink.UnsubscribeRoute, request, links);
        return opened.Content is { } link ? NewsletterPages.AskToLeave(link.Email) : NewsletterPages.NotGood(opened.State);
    }

    [Function(nameof(LeaveNewsletter))]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = NewsletterLink.UnsubscribeRoute)] HttpRequest request, CancellationToken cancellation)
    {
        var opened = NewsletterLink.Open(NewsletterLink.UnsubscribeRoute, request, links);
        if (opened.Content is not { } link) return NewsletterPages.NotGood(opened.State);
        if (await FormFields.ReadAsync(request, NewsletterPages.OneClickField, cancellation) != NewsletterPages.OneClick) return LinkPages.NoAnswer;
        if (await limits.TakeAsync(LinkPages.Rate, opened.Id, cancellation) is not null) return LinkPages.TooMany;
        try
        {
            await list.LeaveAsync(link.Email, clock.GetUtcNow(), cancellation);
            return NewsletterPages.Left;
        }
        catch (UnavailableException unavailable)
        {
            LogUnavailable(unavailable);
            return LinkPages.NotTaken;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An address could not be taken off the newsletter's list: the mailing provider does not answer")]
    private partial void LogUnavailable(Exception exception);
}
