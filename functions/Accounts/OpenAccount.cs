using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>
/// <c>POST /api/account</c>: opens the signed-in person's account. The e-mail address comes from the token, never from
/// the body. The same again answers 200 with the account there is; with other details it is refused, for PATCH changes them.
/// </summary>
public sealed class OpenAccount(AccountStore accounts, RetentionSchedule retention, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    private static readonly Problem NoEmail = new(422, "email-missing", "The sign-in carries no e-mail address, and an account needs one.");

    private static readonly Problem OpenAlready = new(409, "account-open", "Your account is open, with other details than these. PATCH /api/account changes them.");

    [Function(nameof(OpenAccount))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account")] HttpRequest request, CancellationToken cancellation)
    {
        var caller = Caller.Of(request);
        var (body, invalid) = await Body.ReadJsonAsync(request, AccountJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (caller.Email is not { Length: > 0 and <= 254 } email) return NoEmail;

        if (await accounts.FindOwnAsync(caller, cancellation) is { } existing) return body.IsOf(existing) ? AccountView.Result(existing) : OpenAlready;
        var now = clock.GetUtcNow();
        var today = periods.Value.DayOf(now);
        var due = today.AddMonths(periods.Value.InactiveAccountMonths);
        var account = new AccountEntity
        {
            PartitionKey = caller.AccountId,
            Email = email,
            Name = body.Name.Trim(),
            Company = body.Company?.Trim(),
            Phone = body.Phone?.Trim(),
            OpenedAt = now,
            LastSeenDay = AccountEntity.Midnight(today),
            RetentionPartition = RetentionSchedule.PartitionOf(due, caller.AccountId),
        };

        // The schedule comes first: nothing personal is ever held that no retention row points to.
        await retention.ScheduleAsync(due, "account", caller.AccountId, cancellation);
        if (await accounts.AddAsync(account, cancellation)) return AccountView.Result(account, StatusCodes.Status201Created);
        var faster = await accounts.FindAsync(caller.AccountId, cancellation);
        if (faster is null) return Problem.Unavailable;
        return body.IsOf(faster) ? AccountView.Result(faster) : OpenAlready;
    }

    public sealed record Request(string Name, string? Company = null, string? Phone = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Text(Name, "name", AccountView.MaxNameLength);
            validation.OptionalText(Company, "company", AccountView.MaxNameLength);
            AccountView.CheckPhone(validation, Phone);
            return validation.Problem;
        }

        /// <returns>Whether the account has these details: what is left out here may have been given since.</returns>
        public bool IsOf(AccountEntity account) =>
            account.Name == Name.Trim() && (Company is null || account.Company == Company.Trim()) && (Phone is null || account.Phone == Phone.Trim());
    }
}
