using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary><c>POST /api/account/addresses</c>: keeps an address. One that is there already is answered with 200, so a retry is safe.</summary>
public sealed class AddAddress(AddressStore addresses, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    private static readonly Problem Full =
        new(409, "address-book-full", $"There are {AddressBook.MaxAddresses} addresses, and that is as many as are kept. Delete one first.");

    [Function(nameof(AddAddress))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/addresses")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, AddressJson.Web.Type<AddressRequest>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;

        var caller = Caller.Of(request);
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await addresses.FindAsync(caller.AccountId, cancellation) is not { } book) return Problem.NotFound;
            if (book.Find(body) is { } known) return AddressView.Result(book, known);
            if (book.IsFull) return Full;
            var address = book.Add(body, clock.GetUtcNow());
            book.Account.MarkSeen(caller.Email, periods.Value.DayOf(clock.GetUtcNow()));
            if (await addresses.AddAsync(book, address, cancellation)) return AddressView.Result(book, address, StatusCodes.Status201Created);
        }

        return Problem.Unavailable;
    }
}
