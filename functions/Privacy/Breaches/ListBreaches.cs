using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// <c>GET /api/privacy/breaches?limit=20&amp;continuation=…</c>: the register, newest first, and
/// <c>GET /api/privacy/breaches/{id}/revisions</c>: all that was ever entered about one, the latest first.
/// </summary>
public sealed class ListBreaches(BreachStore breaches, TimeProvider clock)
{
    [Function(nameof(ListBreaches))]
    [RequireRole(StaffRoles.Privacy)]
    [Query("continuation", "limit")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/breaches")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, BreachStore.IsPlace);
        if (page is null) return invalid!;
        var (found, next) = await breaches.PageAsync(page.Limit, page.After, cancellation);
        return Result(found, next);
    }

    [Function("ListBreachRevisions")]
    [RequireRole(StaffRoles.Privacy)]
    [Query("continuation", "limit")]
    public async Task<IResult> Revisions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/breaches/{id}/revisions")] HttpRequest request,
        string id,
        CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, BreachStore.IsPlace);
        if (page is null) return invalid!;
        if (!BreachStore.IsId(id)) return Problem.NotFound;
        var (found, next) = await breaches.RevisionsAsync(id, page.Limit, page.After, cancellation);
        return found.IsEmpty && page.After is null ? Problem.NotFound : Result(found, next);
    }

    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(ImmutableArray<BreachView> Items, string? Continuation);

    private JsonResult<Response> Result(ImmutableArray<Breach> found, string? next) => new(
        new([.. found.Select(breach => BreachView.Of(breach, clock.GetUtcNow()))], Page.Continuation(next)), BreachJson.Web.Type<Response>());
}
