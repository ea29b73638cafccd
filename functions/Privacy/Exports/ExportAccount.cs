using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Privacy.Exports;

/// <summary>
/// <c>GET /api/account/export</c>: a copy of everything held about the signed-in person, as a zip with JSON and pages to
/// read. <c>GET /api/privacy/accounts/{id}/export</c>: the same for staff, on a person's behalf and on record.
/// </summary>
public sealed partial class ExportAccount(DataExport export, StaffRegister register, RateLimits limits, ILogger<ExportAccount> logger)
{
    /// <summary>A copy reads everything that there is of a person; nobody needs a fresh one all the time.</summary>
    internal static readonly RateRule Rate = new("export", 10, TimeSpan.FromHours(24)) { Unstored = 2 };

    [Function(nameof(ExportAccount))]
    [SignedIn]
    public async Task<IResult> Own(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "account/export")] HttpRequest request, CancellationToken cancellation)
    {
        var accountId = Caller.Of(request).AccountId;
        if (await limits.RefuseAsync(Rate, accountId, cancellation) is { } often) return often;
        return await export.OfAsync(accountId, cancellation) ?? Problem.NotFound;
    }

    [Function("ExportAccountFor")]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> For(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/accounts/{id}/export")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var staff = Caller.Of(request);
        // On record before anything is handed out.
        if (!Caller.IsKey(id) || !await register.TellAsync(id, StaffRoles.Privacy, "take_copy", null, cancellation)) return Problem.NotFound;
        LogHandedOut(staff.AccountId);
        return await export.OfAsync(id, cancellation) ?? Problem.NotFound;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Staff member {StaffId} takes a copy of somebody's data")]
    private partial void LogHandedOut(string staffId);
}
