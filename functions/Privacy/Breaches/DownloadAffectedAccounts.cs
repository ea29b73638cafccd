using System.Buffers;
using System.Text;
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
public sealed partial class DownloadAffectedAccounts(BreachStore breaches, TouchedAccounts touched, ILogger<DownloadAffectedAccounts> logger)
{
    private static readonly Problem Unlisted = new(
        409, "accounts-unknown", "The scope of this breach names neither accounts nor a time: there is nothing to list them by.");

    [Function(nameof(DownloadAffectedAccounts))]
    [RequireRole(BreachAccess.Role)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "privacy/breaches/{id}/accounts.csv")] HttpRequest request,
        string id,
        CancellationToken cancellation)
    {
        if (!BreachStore.IsId(id) || await breaches.FindAsync(id, cancellation) is not { } breach) return Problem.NotFound;
        var after = request.Query["after"] is [{ Length: > 0 and <= 128 } last] ? last : null;
        IAsyncEnumerable<TouchedAccount>? accounts = breach.Scope switch
        {
            { ListedIn: { } revision } => touched.ReadAsync(await breaches.ListedAccountsAsync(id, revision, cancellation), cancellation),
            { From: { } from, Until: { } until } => touched.ReadAsync(from, until, after, cancellation),
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

/// <summary>Accounts as comma-separated values (RFC 4180), sent while they are read.</summary>
internal sealed record AccountsCsv(IAsyncEnumerator<TouchedAccount> Rows, bool HasFirst, string FileName) : IResult
{
    /// <summary>In bytes: what is gathered before it is sent off.</summary>
    private const int Gathered = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        response.Headers.CacheControl = "no-store";
        await using var rows = Rows;
        // Spreadsheets take a file without this mark for one of their own region's.
        response.BodyWriter.Write(Encoding.UTF8.Preamble);
        response.BodyWriter.Write("account id,e-mail,name\r\n"u8);
        for (var more = HasFirst; more; more = await rows.MoveNextAsync())
        {
            var account = rows.Current;
            Encoding.UTF8.GetBytes($"{Csv.Field(account.Id)},{Csv.Field(account.Email)},{Csv.Field(account.Name)}\r\n", response.BodyWriter);
            if (response.BodyWriter.UnflushedBytes > Gathered) await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>Fields of comma-separated values that no spreadsheet takes for a formula.</summary>
public static class Csv
{
    /// <summary>What a formula, or a command in one, begins with.</summary>
    private const string Dangerous = "=+-@\t\r\n|%＝＋－＠";

    /// <returns>The text in quotes; an apostrophe before it where a spreadsheet would calculate.</returns>
    public static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // Some programs look past blanks and quotation marks.
        var start = text.AsSpan().TrimStart(" \"'");
        var guard = start.Length > 0 && Dangerous.Contains(start[0]) ? "'" : "";
        return $"\"{guard}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
