using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary><c>GET /api/account/consents</c>: whether marketing is agreed to now, and every step that led there, newest first.</summary>
public sealed class ReadConsents(ConsentStore consents)
{
    [Function(nameof(ReadConsents))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "account/consents")] HttpRequest request, CancellationToken cancellation)
    {
        if (await consents.FindAsync(Caller.Of(request).AccountId, cancellation) is not { } recorded) return Problem.NotFound;
        var response = new Response(recorded.HasAgreed(GiveConsent.Marketing), [.. recorded.Steps.Reverse().Where(step => step.Purpose != ConsentEntity.Age).Select(ConsentView.Of)]);
        return JsonResult<Response>.Tagged(response, ConsentJson.Web.Type<Response>());
    }

    public sealed record Response(bool Marketing, ImmutableArray<ConsentView> History);
}
