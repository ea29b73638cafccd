using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>
/// <c>PUT /api/account/addresses/{id}</c>: replaces an address; a default that is left out stays as it is.
/// <c>If-Match</c> must name the state that was read.
/// </summary>
public sealed class ChangeAddress(AddressStore addresses, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    [Function(nameof(ChangeAddress))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "account/addresses/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request) is { } unmet) return unmet;
        var (body, invalid) = await Body.ReadJsonAsync(request, AddressJson.Web.Type<AddressRequest>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;

        var caller = Caller.Of(request);
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await addresses.FindAsync(caller.AccountId, cancellation) is not { } book || book.Find(id) is not { } address) return Problem.NotFound;
            if (!ETags.IsMatched(AddressView.Of(book, address).Tag(), request.Headers.IfMatch)) return Problem.PreconditionFailed;
            if (book.Account.OnHold && AddressRequest.Of(address) != body.Trimmed()) return HeldAccount.Kept;
            book.Change(address, body);
            book.Account.MarkSeen(caller.Email, periods.Value.DayOf(clock.GetUtcNow()));
            if (await addresses.ReplaceAsync(book, address, cancellation)) return AddressView.Result(book, address);
        }

        return Problem.Unavailable;
    }
}
