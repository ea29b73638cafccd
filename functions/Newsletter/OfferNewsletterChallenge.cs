using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Newsletter;

/// <summary><c>GET /api/newsletter/challenge</c>: what must be worked out before somebody asks for the newsletter. Anyone may ask.</summary>
public sealed class OfferNewsletterChallenge(ProofOfWork proofs)
{
    [Function(nameof(OfferNewsletterChallenge))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "newsletter/challenge")] HttpRequest request) =>
        new JsonResult<Challenge>(proofs.Ask(JoinNewsletter.Work), NewsletterJson.Web.Type<Challenge>());
}
