using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Messages;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Newsletter;

/// <summary>
/// <c>GET /api/newsletter/confirm</c> shows a button; <c>POST</c>, which it sends, forwards the address to the mailing provider.
/// Again is the same as once, and once the address has left the list the link does nothing any more. Whoever has the link.
/// </summary>
public sealed partial class ConfirmNewsletter(IMailingList list, SignedLinks links, SmtpMail smtp, RateLimits limits, TimeProvider clock, ILogger<ConfirmNewsletter> logger)
{
    /// <summary>The version of the words on the page and in the mail.</summary>
    private const string Wording = "newsletter-1";

    [Function("AskToConfirmNewsletter")]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public IResult Ask([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = NewsletterLink.ConfirmRoute)] HttpRequest request)
    {
        var opened = NewsletterLink.Open(NewsletterLink.ConfirmRoute, request, links);
        return opened.Content is { } link ? NewsletterPages.AskToJoin(link.Email) : NewsletterPages.NotGood(opened.State);
    }

    [Function(nameof(ConfirmNewsletter))]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = NewsletterLink.ConfirmRoute)] HttpRequest request, CancellationToken cancellation)
    {
        var opened = NewsletterLink.Open(NewsletterLink.ConfirmRoute, request, links);
        if (opened.Content is not { } link) return NewsletterPages.NotGood(opened.State);
        if (!await LinkPages.IsAnsweredAsync(request, cancellation)) return LinkPages.NoAnswer;
        if (await limits.TakeAsync(LinkPages.Rate, opened.Id, cancellation) is not null) return LinkPages.TooMany;
        var unsubscribe = new NewsletterLink(link.Email).To(NewsletterLink.UnsubscribeRoute, links);
        try
        {
            var consent = string.Create(CultureInfo.InvariantCulture, $"{Wording}, {clock.GetUtcNow():O}{(link.ByParent ? ", a parent agreed" : "")}");
            var result = await list.JoinAsync(link.Email, opened.IssuedAt, consent, cancellation);
            if (result == JoinResult.LeftSince) return NewsletterPages.UsedUp;
            if (result == JoinResult.Refused) return NewsletterPages.Refused;
            if (result == JoinResult.Joined) await WelcomeAsync(NewsletterMail.Welcome(opened.Id, link.Email, unsubscribe), cancellation);
            return NewsletterPages.Joined(unsubscribe);
        }
        catch (UnavailableException unavailable)
        {
            LogUnavailable(unavailable);
            return LinkPages.NotTaken;
        }
    }

    /// <summary>Without it nothing is lost: the page has the same link, and so has every newsletter.</summary>
    private async Task WelcomeAsync(Email welcome, CancellationToken cancellation)
    {
        try
        {
            await smtp.SendAsync(welcome, cancellation);
        }
        catch (Exception failed) when (failed is UnavailableException or MailRefusedException)
        {
            LogNoWelcome(failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An address could not be forwarded to the mailing provider")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody has joined the newsletter and is not sent a mail that says so")]
    private partial void LogNoWelcome(Exception exception);
}
