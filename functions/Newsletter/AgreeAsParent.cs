using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Newsletter;

/// <summary>
/// <c>GET /api/newsletter/parent</c> shows a button; by <c>POST</c> a parent agrees, and only then the child's address is asked.
/// Whoever has the link.
/// </summary>
public sealed partial class AgreeAsParent(NewsletterPost post, SignedLinks links, RateLimits limits, ILogger<AgreeAsParent> logger)
{
    [Function("AskParentToAgree")]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public IResult Ask([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = NewsletterLink.ParentRoute)] HttpRequest request)
    {
        var opened = NewsletterLink.Open(NewsletterLink.ParentRoute, request, links);
        return opened.Content is { } link ? NewsletterPages.AskParent(link.Email) : NewsletterPages.NotGood(opened.State);
    }

    [Function(nameof(AgreeAsParent))]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = NewsletterLink.ParentRoute)] HttpRequest request, CancellationToken cancellation)
    {
        var opened = NewsletterLink.Open(NewsletterLink.ParentRoute, request, links);
        if (opened.Content is not { } link) return NewsletterPages.NotGood(opened.State);
        if (!await LinkPages.IsAnsweredAsync(request, cancellation)) return LinkPages.NoAnswer;
        if (await limits.TakeAsync(LinkPages.Rate, opened.Id, cancellation) is not null) return LinkPages.TooMany;
        var agreed = link with { ByParent = true };
        try
        {
            await post.AskAsync(NewsletterMail.Confirm(opened.Id, link.Email, agreed.To(NewsletterLink.ConfirmRoute, links), byParent: true), cancellation);
            return NewsletterPages.ParentAgreed;
        }
        catch (Exception unavailable) when (ProblemMiddleware.IsUnavailable(unavailable))
        {
            LogUnavailable(unavailable);
            return LinkPages.NotTaken;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A parent has agreed, and the child could not be asked: the mail server does not take it")]
    private partial void LogUnavailable(Exception exception);
}
