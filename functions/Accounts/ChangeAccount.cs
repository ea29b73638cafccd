using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>
/// <c>PATCH /api/account</c>: changes the members that the body has and leaves the others; null clears one that may be
/// empty. <c>If-Match</c> must name the state that was read, so that nobody overwrites what they have not seen.
/// </summary>
public sealed class ChangeAccount(AccountStore accounts, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    [Function(nameof(ChangeAccount))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "account")] HttpRequest request, CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request) is { } unmet) return unmet;
        var (body, invalid) = await Body.ReadJsonAsync(request, ChangeAccountJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;

        var caller = Caller.Of(request);
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await accounts.FindAsync(caller.AccountId, cancellation) is not { } account) return Problem.NotFound;
            if (!ETags.IsMatched(AccountView.Of(account).Tag(), request.Headers.IfMatch)) return Problem.PreconditionFailed;
            if (account.OnHold) return HeldAccount.Kept;
            body.ApplyTo(account);
            account.MarkSeen(caller.Email, periods.Value.DayOf(clock.GetUtcNow()));
            if (await accounts.ReplaceAsync(account, cancellation)) return AccountView.Result(account);
        }

        return Problem.Unavailable;
    }

    public sealed record Request
    {
        public PatchText Name { get; init; }

        public PatchText Company { get; init; }

        public PatchText Phone { get; init; }

        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Name.IsGiven || Company.IsGiven || Phone.IsGiven, "$", "Nothing to change was given.");
            if (Name.IsGiven) validation.Text(Name.Value, "name", AccountView.MaxNameLength);
            validation.OptionalText(Company.Value, "company", AccountView.MaxNameLength);
            AccountView.CheckPhone(validation, Phone.Value);
            return validation.Problem;
        }

        public void ApplyTo(AccountEntity account)
        {
            if (Name.IsGiven) account.Name = Name.Value!.Trim();
            if (Company.IsGiven) account.Company = Company.Value?.Trim();
            if (Phone.IsGiven) account.Phone = Phone.Value?.Trim();
        }
    }
}

[JsonSerializable(typeof(ChangeAccount.Request))]
internal sealed partial class ChangeAccountJson : JsonSerializerContext
{
    public static ChangeAccountJson Web { get; } = new(Json.Strict());
}
