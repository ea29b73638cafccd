using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary>
/// <c>GET /api/openapi.json</c>: what this API takes and answers (OpenAPI 3.1). Anyone may ask. The folder
/// Description of its tests makes it from the compiled code, and holds every answer against it.
/// </summary>
public sealed class ReadApiDescription
{
    private static readonly JsonElement Document = Read();
    private static readonly string Tag = ETags.OfText(Document.GetRawText());

    [Function(nameof(ReadApiDescription))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        new JsonResult<JsonElement>(Document, ApiDescriptionJson.Default.JsonElement) { ETag = Tag, CacheControl = "public, max-age=300" };

    private static JsonElement Read()
    {
        using var stream = typeof(ReadApiDescription).Assembly.GetManifestResourceStream("openapi.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ApiDescriptionJson : JsonSerializerContext;
