using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Holds;

/// <summary>
/// <c>PUT</c>, <c>GET</c> and <c>DELETE /api/privacy/holds/{accountId}</c>: while it stands, nothing of this account and its
/// orders is purged or erased. Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed partial class HoldAccount(LegalHolds holds, AccountStore accounts, ILogger<HoldAccount> logger, TimeProvider clock)
{
    private const string Route = "privacy/holds/{accountId}";

    [Function("PlaceLegalHold")]
    [RequireRole("Shop.Privacy")]
    public async Task<IResult> Place(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, string accountId, CancellationToken cancellation)
    {
        var (body, unreadable) = await Body.ReadJsonAsync(request, HoldJson.Web.Type<Request>(), cancellation);
        if (body is null) return unreadable!;
        var validation = new Validation();
        validation.Text(body.Reason, "reason", 500);
        if (validation.Problem is { } invalid) return invalid;
        if (!Caller.IsKey(accountId) || await accounts.FindAsync(accountId, cancellation) is null) return Problem.NotFound;

        var hold = new LegalHoldEntity
        {
            RowKey = accountId,
            Reason = body.Reason.Trim(),
            PlacedAt = clock.GetUtcNow(),
            PlacedBy = Caller.Of(request).AccountId,
        };
        await holds.PutAsync(hold, cancellation);
        LogPlaced(accountId, hold.PlacedBy);
        return Answer(hold);
    }

    [Function("ReadLegalHold")]
    [RequireRole("Shop.Privacy")]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string accountId, CancellationToken cancellation) =>
        Caller.IsKey(accountId) && await holds.FindAsync(accountId, cancellation) is { } hold ? Answer(hold) : Problem.NotFound;

    [Function("LiftLegalHold")]
    [RequireRole("Shop.Privacy")]
    public async Task<IResult> Lift(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request, string accountId, CancellationToken cancellation)
    {
        if (!Caller.IsKey(accountId) || !await holds.LiftAsync(accountId, cancellation)) return Problem.NotFound;
        LogLifted(accountId, Caller.Of(request).AccountId);
        return Results.NoContent();
    }

    private static Answer<View> Answer(LegalHoldEntity hold) =>
        new(new(hold.RowKey, hold.Reason, hold.PlacedAt, hold.PlacedBy), HoldJson.Web.Type<View>());

    public sealed record Request(string Reason);

    /// <param name="PlacedBy">The account id of the member of staff.</param>
    public sealed record View(string AccountId, string Reason, DateTimeOffset PlacedAt, string PlacedBy);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Account {AccountId} is put under legal hold by {Staff}")]
    private partial void LogPlaced(string accountId, string staff);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The legal hold of account {AccountId} is lifted by {Staff}")]
    private partial void LogLifted(string accountId, string staff);
}

[JsonSerializable(typeof(HoldAccount.Request))]
[JsonSerializable(typeof(HoldAccount.View))]
internal sealed partial class HoldJson : JsonSerializerContext
{
    public static HoldJson Web { get; } = new(Json.Strict());
}
