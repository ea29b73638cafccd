using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary><c>GET /api/account</c>: the signed-in person's account; 404 until they have opened it.</summary>
public sealed class ReadAccount(AccountStore accounts)
{
    [Function(nameof(ReadAccount))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "account")] HttpRequest request, CancellationToken cancellation) =>
        await accounts.FindOwnAsync(Caller.Of(request), cancellation) is { } account ? AccountView.Result(account) : Problem.NotFound;
}
