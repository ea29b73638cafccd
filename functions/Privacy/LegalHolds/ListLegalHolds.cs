using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary><c>GET /api/privacy/holds</c>: every legal hold there is and since when, the oldest first, by ids. Staff with <c>Shop.Privacy</c>.</summary>
public sealed class ListLegalHolds(LegalHoldRegister register)
{
    [Function(nameof(ListLegalHolds))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/holds")] HttpRequest request, CancellationToken cancellation) =>
        new JsonResult<Response>(new(await register.AllAsync(cancellation)), ListLegalHoldsJson.Web.Type<Response>());

    public sealed record Response(ImmutableArray<LegalHoldRegister.Entry> Items);
}

[JsonSerializable(typeof(ListLegalHolds.Response))]
internal sealed partial class ListLegalHoldsJson : JsonSerializerContext
{
    public static ListLegalHoldsJson Web { get; } = new(Json.Strict());
}
