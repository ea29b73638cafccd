using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy;

/// <summary>
/// <c>GET /api/privacy/staff-actions?limit=20&amp;continuation=…</c>: who of the staff did what, when and why, the latest
/// first. Staff with <c>Shop.Privacy</c>; that they read it is its latest line. One storage call a page, and one for that.
/// </summary>
public sealed class ListStaffActions(StaffRegister register)
{
    [Function(nameof(ListStaffActions))]
    [RequireRole(StaffRoles.Privacy)]
    [Query("continuation", "limit")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/staff-actions")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, IsPlace);
        if (page is null) return invalid!;
        var lines = await register.PageAsync(page.Limit + 1, page.After?.Split('/') is [var partition, var row] ? (partition, row) : null, cancellation);
        var next = lines.Length > page.Limit ? $"{lines[page.Limit - 1].PartitionKey}/{lines[page.Limit - 1].RowKey}" : null;
        var response = new Response([.. lines.Take(page.Limit).Select(Item.Of)], Page.Continuation(next));
        return new JsonResult<Response>(response, StaffActionsJson.Web.Type<Response>());
    }

    private static bool IsPlace(string text) =>
        text.Split('/') is [{ Length: 8 } partition, { Length: > 19 and < 60 } row] && partition.All(char.IsAsciiDigit) && row.All(c => char.IsAsciiHexDigit(c) || c == '-');

    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(ImmutableArray<Item> Items, string? Continuation);

    /// <param name="StaffId">Their sign-in id.</param>
    /// <param name="About"><c>order:{id}</c>, <c>account:{hash}</c>, <c>breach:{id}</c> or <c>product:{SKU}</c>, where it was about one.</param>
    /// <param name="Reason">The code that a decision was given; a line without one may also have been refused.</param>
    public sealed record Item(DateTimeOffset At, string StaffId, string Role, string What, string? About, string? Reason)
    {
        public static Item Of(StaffActionEntity line) => new(line.At, line.StaffId, line.Role, line.What, line.About, line.Reason);
    }
}

[JsonSerializable(typeof(ListStaffActions.Response))]
internal sealed partial class StaffActionsJson : JsonSerializerContext
{
    public static StaffActionsJson Web { get; } = new(Json.Strict());
}
