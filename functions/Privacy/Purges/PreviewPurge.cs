using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// <c>GET /api/privacy/purge-preview?asOf=2026-12-31&amp;continuation=…</c>: what a purge on that day would do if nothing
/// changed until then, row by row, by the very plan that it follows. Nothing is changed, but that what
/// lies on a poison queue is taken into the store, where it is kept, first. Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed class PreviewPurge(
    RetentionSchedule schedule, PurgeReader reader, PoisonQueues poison, DeadLetterStore deadLetters, RetentionPolicy policy, TimeProvider clock)
{
    /// <summary>How many rows a page has, give or take those of one partition.</summary>
    private const int PageSize = 500;

    [Function(nameof(PreviewPurge))]
    [RequireRole(StaffRoles.Privacy)]
    [Query("asOf", "continuation")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "privacy/purge-preview")] HttpRequest request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var validation = new Validation();
        var asOf = DayOf(request, validation) ?? policy.DayOf(now);
        var after = PlaceOf(request, validation);
        if (validation.Problem is { } invalid) return invalid;

        var plan = new PurgePlan(policy, asOf);
        var items = new List<Item>();
        RetentionRow? last = null;
        var more = false;
        await foreach (var rows in schedule.DueAsync(asOf, after, cancellation))
        {
            if (more = items.Count >= PageSize) break;
            (plan, var steps) = await reader.PlanAsync(rows, plan, cancellation);
            plan = plan.After(steps);
            items.AddRange(steps.Select(step => Of(step, plan)));
            last = rows[^1];
        }

        // Dead letters are not in the schedule; they stand on the first page.
        var cutoff = policy.DeadLettersBefore(now.AddDays(asOf.DayNumber - policy.DayOf(now).DayNumber));
        if (after is null) await poison.EmptyAsync(PoisonQueues.WhileSomebodyWaits, cancellation);
        var letters = after is null ? await deadLetters.CountAsync(cutoff, cancellation) : 0;
        var counts = PurgeCount.Add(items.SelectMany(CountsOf), [new(RetentionRules.DeadLetter, PurgeAction.Delete, letters)]);
        var next = more ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{last!.PartitionKey}/{last.RowKey}")) : null;
        return new JsonResult<Response>(new(asOf, policy.Version, [.. items], counts, next), PreviewJson.Web.Type<Response>());
    }

    private static DateOnly? DayOf(HttpRequest request, Validation validation)
    {
        if (!request.Query.TryGetValue("asOf", out var text)) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200) return day;
        validation.Add("asOf", "A day is needed here: yyyy-MM-dd.");
        return null;
    }

    private static (string Partition, string Row)? PlaceOf(HttpRequest request, Validation validation)
    {
        if (!request.Query.TryGetValue("continuation", out var token)) return null;
        var text = token.ToString();
        if (Base64Url.IsValid(text) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('/', 2) is [{ Length: 11 } partition, { Length: > 0 and < 512 } row])
            return (partition, row);
        validation.Add("continuation", "Not a continuation of this list.");
        return null;
    }

    private Item Of(PurgeStep step, PurgePlan plan) => new(
        step.Rule,
        step.Row.Key,
        step.Action,
        step.Action == PurgeAction.Delete ? [.. policy.Rules.Where(rule => rule.Id == step.Rule).SelectMany(rule => rule.Classes)] : [],
        step.HeldBy,
        step.NextRule,
        step.NextDue,
        [.. step.Restricts.Where(order => !plan.Deleted.Contains(order.Id) && !Restriction.IsRestricted(order)).Select(order => order.Id)]);

    private static IEnumerable<PurgeCount> CountsOf(Item item) =>
        [new(item.Rule, item.Action, 1), new(RetentionRules.OrderRestricted, PurgeAction.Restrict, item.Restricts.Length)];

    /// <param name="Policy">The version of the policy that is followed.</param>
    /// <param name="Counts">What the report would say of this page.</param>
    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(
        DateOnly AsOf, string Policy, ImmutableArray<Item> Items, ImmutableArray<PurgeCount> Counts, string? Continuation);

    /// <param name="Rule">The rule of the policy that decides.</param>
    /// <param name="Key">The order's or account's id, or the report's number.</param>
    /// <param name="Classes">What is deleted.</param>
    /// <param name="HeldBy">What puts it off.</param>
    /// <param name="NextRule">Under which rule it is rescheduled, for which day.</param>
    /// <param name="Restricts">The orders that stay without a way back to the person.</param>
    public sealed record Item(
        string Rule,
        string Key,
        PurgeAction Action,
        ImmutableArray<DataClass> Classes,
        RetentionHold? HeldBy,
        string? NextRule,
        DateOnly? NextDue,
        ImmutableArray<string> Restricts);
}

[JsonSerializable(typeof(PreviewPurge.Response))]
internal sealed partial class PreviewJson : JsonSerializerContext
{
    public static PreviewJson Web { get; } = new(Json.Strict());
}
