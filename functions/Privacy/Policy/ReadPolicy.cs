using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Policy;

/// <summary>
/// <c>GET /api/privacy/policy</c>: the policy as it is published, with the periods and the data map as the code has them; a page for
/// a browser, JSON for whoever does not ask for one. Anyone may ask.
/// </summary>
public sealed class ReadPolicy(PublishedPolicy policy)
{
    private const string Cached = "public, max-age=300";

    [Function(nameof(ReadPolicy))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/policy")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.AppendCommaSeparatedValues("Vary", "Accept");
        return HtmlPage.IsWanted(request)
            ? new HtmlPage(PolicyPage.Title, PolicyPage.Body(policy.Content)) { ETag = ETags.OfText($"page {policy.Tag}"), CacheControl = Cached }
            : new JsonResult<PublishedPolicy.View>(policy.Content, PublishedPolicyJson.Web.Type<PublishedPolicy.View>()) { ETag = ETags.OfText(policy.Tag), CacheControl = Cached };
    }
}
