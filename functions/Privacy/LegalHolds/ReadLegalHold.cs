using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary><c>GET /api/privacy/holds/{accountId}</c>: the legal hold on an account. Staff with <c>Shop.Privacy</c>.</summary>
public sealed class ReadLegalHold(LegalHoldStore holds)
{
    [Function(nameof(ReadLegalHold))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = LegalHoldView.Route)] HttpRequest request, string accountId, CancellationToken cancellation) =>
        Caller.IsKey(accountId) && await holds.FindAsync(accountId, cancellation) is { } hold ? LegalHoldView.Result(hold) : Problem.NotFound;
}
