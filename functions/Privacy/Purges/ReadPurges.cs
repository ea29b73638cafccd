using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Purges;

/// <summary><c>GET /api/privacy/purges</c>: the reports of all purges, newest first, and whether their chain is whole. Staff with <c>Shop.Privacy</c>.</summary>
public sealed class ReadPurges(PurgeLog purgeLog)
{
    [Function(nameof(ReadPurges))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/purges")] HttpRequest request, CancellationToken cancellation)
    {
        // The state first: a report that is added meanwhile is then one too many, and not one that is missing.
        var state = await purgeLog.ReadAsync(cancellation);
        var reports = (await purgeLog.ReportsAsync(cancellation)).Where(report => report.Number <= state.LastReport).ToList();
        var broken = PurgeReport.FirstBroken(reports, state.Ends());
        var items = reports.Select(report => report.Report).OfType<PurgeReport>().Reverse();
        return new JsonResult<Response>(new(broken is null, broken, state.FinishedDay, state.RunStartedAt, [.. items]), ReadPurgesJson.Web.Type<Response>());
    }

    /// <param name="Verified">Whether every report is as it was written and none is missing.</param>
    /// <param name="BrokenAt">The number of the first that is wrong or missing.</param>
    /// <param name="FinishedThrough">The last day that is worked off.</param>
    /// <param name="RunningSince">When the run under way began, or one that was cut off.</param>
    public sealed record Response(bool Verified, int? BrokenAt, string? FinishedThrough, DateTimeOffset? RunningSince, ImmutableArray<PurgeReport> Items);
}

[JsonSerializable(typeof(ReadPurges.Response))]
internal sealed partial class ReadPurgesJson : JsonSerializerContext
{
    public static ReadPurgesJson Web { get; } = new(Json.Strict());
}
