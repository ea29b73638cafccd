using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Policy;

/// <summary><c>GET /api/privacy/policy</c>: what is kept, why and for how long, and every stored property with its class. Anyone may ask.</summary>
public sealed class ReadPolicy(RetentionPolicy policy)
{
    [Function(nameof(ReadPolicy))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "privacy/policy")] HttpRequest request) =>
        new JsonResult<PolicyView>(PolicyView.Of(policy, policy.Version), PolicyJson.Web.Type<PolicyView>())
        {
            ETag = ETags.OfText(policy.Version),
            CacheControl = "public, max-age=300",
        };
}
