using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Policy;

/// <summary><c>GET /api/privacy/processors</c>: who receives which data, and what for. Anyone may ask, as the policy names them to anyone.</summary>
public sealed class ListProcessors
{
    private static readonly Response Register = new(Processors.OfShop);

    private static readonly string Tag = ETags.OfText(JsonSerializer.Serialize(Register, ProcessorsJson.Web.Type<Response>()));

    [Function(nameof(ListProcessors))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/processors")] HttpRequest request) =>
        new JsonResult<Response>(Register, ProcessorsJson.Web.Type<Response>()) { ETag = Tag, CacheControl = "public, max-age=300" };

    public sealed record Response(ImmutableArray<Processor> Processors);
}

[JsonSerializable(typeof(ListProcessors.Response))]
internal sealed partial class ProcessorsJson : JsonSerializerContext
{
    public static ProcessorsJson Web { get; } = new(Json.Strict());
}
