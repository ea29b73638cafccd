using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// <c>GET /api/privacy/breaches/{id}/accounts.csv</c>: account id, e-mail address and name of everybody whom the latest
/// revision says is affected, as they are stored now. Lines come in the order of the ids where accounts are found by time:
/// whoever was cut off goes on with <c>?after={the last id}</c>.
/// </summary>
public sealed partial class DownloadAffectedAccounts(BreachStore breaches, AffectedAccounts affected, ILogger<DownloadAffectedAccounts> logger)
{
    private static readonly Problem Unlisted = new(
        409, "accounts-unknown", "The scope of this breach names neither accounts nor a time: there is nothing to list them by.");

    [Function(nameof(DownloadAffectedAccounts))]
    [RequireRole(StaffRoles.Privacy)]
    [Query("after")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/breaches/{id}/accounts.csv")] HttpRequest request,
        string id,
        CancellationToken cancellation)
    {
        if (!BreachStore.IsId(id) || await breaches.FindAsync(id, cancellation) is not { } breach) return Problem.NotFound;
        var after = request.Query["after"] is [{ Length: > 0 and <= 128 } last] ? last : null;
        IAsyncEnumerable<AffectedAccount>? accounts = breach.Scope switch
        {
            { ListedIn: { } revision } => affected.ReadAsync(await breaches.ListedAccountsAsync(id, revision, cancellation), cancellation),
            { From: { } from, Until: { } until } => affected.ReadAsync(from, until, after, cancellation),
            _ => null,
        };
        if (accounts is null) return Unlisted;

        LogDownloaded(id, Caller.Of(request).AccountId);
        // The first is read here, where storage that does not answer is still a 503.
        var rows = accounts.GetAsyncEnumerator(cancellation);
        return new AccountsCsv(rows, await rows.MoveNextAsync(), $"breach-{id}.csv");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The accounts affected by breach {BreachId} are downloaded by {StaffId}")]
    private partial void LogDownloaded(string breachId, string staffId);
}
