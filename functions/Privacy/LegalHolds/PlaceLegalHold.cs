using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>
/// <c>PUT /api/privacy/holds/{accountId}</c>: while it stands, nothing of this account and its orders is purged or erased.
/// Whoever has looked for holds before it and has not deleted yet must look again: what they have read is out of date.
/// Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed partial class PlaceLegalHold(
    LegalHoldStore holds, AccountStore accounts, HoldEnforcement enforcement, StaffRegister register, ILogger<PlaceLegalHold> logger, TimeProvider clock)
{
    public const string OtherReason = "other";

    /// <summary>Why something is held.</summary>
    public static readonly ImmutableArray<string> Reasons = ["court_order", "authority_request", "legal_claim", OtherReason];

    [Function(nameof(PlaceLegalHold))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = LegalHoldView.Route)] HttpRequest request, string accountId, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, LegalHoldJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!Caller.IsKey(accountId) || await accounts.FindAsync(accountId, cancellation) is null) return Problem.NotFound;

        var hold = new LegalHoldEntity
        {
            RowKey = accountId,
            Reason = body.Reason,
            Note = body.Note?.Trim(),
            PlacedAt = clock.GetUtcNow(),
            PlacedBy = Caller.Of(request).AccountId,
        };
        await holds.PutAsync(hold, cancellation);
        if (!await enforcement.ApplyAsync(accountId, cancellation))
        {
            // Somebody was faster: there is nothing left to hold.
            await holds.LiftAsync(LegalHoldEntity.Partition, accountId, cancellation);
            return Problem.NotFound;
        }

        await register.ExplainAsync(request, body.Reason, cancellation);
        LogPlaced(accountId, hold.PlacedBy);
        return LegalHoldView.Result(hold);
    }

    /// <param name="Reason">One of <see cref="Reasons"/>.</param>
    /// <param name="Note">What else there is to say; the person sees it in their copy.</param>
    public sealed record Request(string Reason, string? Note = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Reason(Reason, Note, Reasons);
            return validation.Problem;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Account {AccountId} is put under legal hold by {Staff}")]
    private partial void LogPlaced(string accountId, string staff);
}
