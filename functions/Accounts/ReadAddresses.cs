using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary><c>GET /api/account/addresses</c> and <c>/api/account/addresses/{id}</c>: the signed-in person's addresses. Two storage calls.</summary>
public sealed class ReadAddresses(AddressStore addresses)
{
    [Function("ListAddresses")]
    [SignedIn]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "account/addresses")] HttpRequest request, CancellationToken cancellation) =>
        await addresses.FindAsync(Caller.Of(request).AccountId, cancellation) is { } book ? AddressList.Result(book) : Problem.NotFound;

    [Function("ReadAddress")]
    [SignedIn]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "account/addresses/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        await addresses.FindAsync(Caller.Of(request).AccountId, cancellation) is { } book && book.Find(id) is { } address
            ? AddressView.Result(book, address)
            : Problem.NotFound;
}
