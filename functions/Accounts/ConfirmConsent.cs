using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Accounts;

/// <summary>
/// <c>GET /api/account/consents/confirm</c> shows a button; <c>POST</c>, which it sends, confirms the consent, and only then it
/// counts. Again is the same as once, and once it was withdrawn the link does nothing any more. Whoever has the link.
/// </summary>
public sealed partial class ConfirmConsent(ConsentStore consents, SignedLinks links, RateLimits limits, TimeProvider clock, ILogger<ConfirmConsent> logger)
{
    [Function("AskToConfirmConsent")]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public IResult Ask([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ConsentLink.Route)] HttpRequest request)
    {
        var opened = ConsentLink.Open(request, links);
        return opened.Content is { } link ? ConsentPages.Ask(link) : ConsentPages.NotGood(opened.State);
    }

    [Function(nameof(ConfirmConsent))]
    [Anonymous]
    [Query(SignedLinks.Parameter, TakesOthers = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ConsentLink.Route)] HttpRequest request, CancellationToken cancellation)
    {
        var opened = ConsentLink.Open(request, links);
        if (opened.Content is not { } link) return ConsentPages.NotGood(opened.State);
        if (!await LinkPages.IsAnsweredAsync(request, cancellation)) return LinkPages.NoAnswer;
        if (await limits.TakeAsync(LinkPages.Rate, opened.Id, cancellation) is not null) return LinkPages.TooMany;
        try
        {
            return await ConfirmAsync(link, cancellation);
        }
        catch (Exception failed) when (ProblemMiddleware.IsUnavailable(failed) && !cancellation.IsCancellationRequested)
        {
            LogUnavailable(failed);
            return LinkPages.NotTaken;
        }
    }

    private async Task<HtmlPage> ConfirmAsync(ConsentLink link, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await consents.FindAsync(link.AccountId, cancellation) is not { } recorded || recorded.Asked(link) is not { } step) return ConsentPages.UsedUp;
            if (step.ConfirmedAt is not null) return ConsentPages.Confirmed;
            step.ConfirmedAt = clock.GetUtcNow();
            if (await consents.ChangeAsync(recorded, step, cancellation)) return ConsentPages.Confirmed;
        }

        throw new UnavailableException("The account, which too many are changing at once,");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A consent could not be confirmed: storage does not answer")]
    private partial void LogUnavailable(Exception exception);
}
