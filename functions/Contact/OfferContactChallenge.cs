using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Contact;

/// <summary><c>GET /api/contact/challenge</c>: what must be worked out before something is written. Anyone may ask.</summary>
public sealed class OfferContactChallenge(ProofOfWork proofs)
{
    [Function(nameof(OfferContactChallenge))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "contact/challenge")] HttpRequest request) =>
        new JsonResult<Challenge>(proofs.Ask(SubmitEnquiry.Work), ContactJson.Web.Type<Challenge>());
}
