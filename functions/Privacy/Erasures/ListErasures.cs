using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>
/// <c>GET /api/privacy/erasures</c>: every erasure on record, the newest first, and what law keeps after it; no account, no order
/// number, no member of staff. Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed class ListErasures(ErasureRegister register)
{
    [Function(nameof(ListErasures))]
    [RequireRole(StaffRoles.Privacy)]
    [Query("continuation", "limit")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/erasures")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, IsReference);
        if (page is null) return invalid!;
        var all = await register.AllAsync(cancellation);
        var rest = page.After is null ? all : [.. all.SkipWhile(erasure => erasure.Reference != page.After).Skip(1)];
        ImmutableArray<RecordedErasure> items = [.. rest.Take(page.Limit)];
        var next = rest.Length > items.Length ? items[^1].Reference : null;
        return new JsonResult<Response>(new(items, Page.Continuation(next)), ListErasuresJson.Web.Type<Response>());
    }

    public sealed record Response(ImmutableArray<RecordedErasure> Items, string? Continuation);

    private static bool IsReference(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);
}

[JsonSerializable(typeof(ListErasures.Response))]
internal sealed partial class ListErasuresJson : JsonSerializerContext
{
    public static ListErasuresJson Web { get; } = new(Json.Strict());
}
