using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations.Health;

/// <summary><c>GET /api/health/live</c>: whether this process answers at all. It asks nobody, so it costs nothing.</summary>
public sealed class ReportLiveness
{
    [Function(nameof(ReportLiveness))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        new JsonResult<Response>(new("live"), LivenessWeb.Json.Type<Response>());

    public sealed record Response(string Status);
}

[JsonSerializable(typeof(ReportLiveness.Response))]
internal sealed partial class LivenessWeb : JsonSerializerContext
{
    public static LivenessWeb Json { get; } = new(Platform.Http.Json.Strict());
}
