using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary><c>DELETE /api/account/addresses/{id}</c> with <c>If-Match</c>: the address is gone, also as a default.</summary>
public sealed class DeleteAddress(AddressStore addresses, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    [Function(nameof(DeleteAddress))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "account/addresses/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request) is { } unmet) return unmet;
        var caller = Caller.Of(request);
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await addresses.FindAsync(caller.AccountId, cancellation) is not { } book || book.Find(id) is not { } address) return Problem.NotFound;
            if (!ETags.IsMatched(AddressView.Of(book, address).Tag(), request.Headers.IfMatch)) return Problem.PreconditionFailed;
            if (book.Account.OnHold) return HeldAccount.Kept;
            book.ClearDefaults(address);
            book.Account.MarkSeen(caller.Email, periods.Value.DayOf(clock.GetUtcNow()));
            if (await addresses.DeleteAsync(book, address, cancellation)) return Results.NoContent();
        }

        return Problem.Unavailable;
    }
}
