using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary><c>GET /api/consents/wordings</c>: the words that people can agree to, by version. Anyone may ask.</summary>
public sealed class ListWordings
{
    private static readonly Response Published = new(ConsentWording.All);

    private static readonly string Tag = ETags.OfText(JsonSerializer.Serialize(Published, ConsentJson.Web.Type<Response>()));

    [Function(nameof(ListWordings))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "consents/wordings")] HttpRequest request) =>
        new JsonResult<Response>(Published, ConsentJson.Web.Type<Response>()) { ETag = Tag, CacheControl = "public, max-age=300" };

    public sealed record Response(ImmutableArray<ConsentWording> Items);
}
