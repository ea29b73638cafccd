using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
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
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "privacy/policy")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.Vary = "Accept";
        return WantsPage(request)
            ? new HtmlPage(PolicyPage.Title, PolicyPage.Body(policy.Content)) { ETag = ETags.OfText($"page {policy.Tag}"), CacheControl = Cached }
            : new JsonResult<PublishedPolicy.View>(policy.Content, PublishedPolicyJson.Web.Type<PublishedPolicy.View>()) { ETag = ETags.OfText(policy.Tag), CacheControl = Cached };
    }

    /// <summary>Only who names HTML, and likes it better than JSON: a program that takes anything gets JSON.</summary>
    private static bool WantsPage(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return false;
        return Quality("text/html") is { } html && html > 0 && html > (Quality("application/json") ?? 0);

        double? Quality(string type) => accepted.Where(one => one.MediaType == type).Select(one => (double?)(one.Quality ?? 1)).Max();
    }
}
