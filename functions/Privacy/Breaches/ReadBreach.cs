using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary><c>GET /api/privacy/breaches/{id}</c>: the latest revision, how the clock stands, and the alerts that were raised.</summary>
public sealed class ReadBreach(BreachStore breaches, TimeProvider clock)
{
    [Function(nameof(ReadBreach))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/breaches/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        BreachStore.IsId(id) && await breaches.FindAsync(id, cancellation) is { } breach
            ? BreachView.Result(breach, clock.GetUtcNow(), await breaches.AlertsAsync(id, cancellation))
            : Problem.NotFound;
}
