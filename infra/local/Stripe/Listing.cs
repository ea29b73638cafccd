using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>List endpoints: newest first, a page of 10 unless <c>limit</c> says 1 to 100, cursors by id, <c>created</c> ranges.</summary>
internal static class Listing
{
    public static JsonObject Page<T>(string url, Parameter query, IEnumerable<T> oldestFirst, Func<T, JsonObject> show)
        where T : IListed
    {
        var limit = query.Integer("limit") ?? 10;
        if (limit is < 1 or > 100)
            throw ApiError.Invalid("limit must be between 1 and 100.", "limit", "parameter_invalid_integer");
        var after = query.Text("starting_after");
        var before = query.Text("ending_before");
        if (after is not null && before is not null)
            throw ApiError.Invalid("Give starting_after or ending_before, not both.", "ending_before");
        var inRange = CreatedFilter(query);
        query.Ignore("expand");
        query.RefuseUnknown();

        var all = oldestFirst.Where(item => inRange(item.Created)).Reverse().ToList();
        var (page, hasMore) = before is null
            ? Forward(all, after is null ? 0 : IndexOf(all, after, "starting_after") + 1, (int)limit)
            : Backward(all, IndexOf(all, before, "ending_before"), (int)limit);
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Select(show)]),
            ["has_more"] = hasMore,
            ["url"] = url,
        };
    }

    private static (List<T> Page, bool HasMore) Forward<T>(List<T> all, int start, int limit) =>
        (all.Skip(start).Take(limit).ToList(), all.Count > start + limit);

    private static (List<T> Page, bool HasMore) Backward<T>(List<T> all, int end, int limit)
    {
        var start = Math.Max(0, end - limit);
        return (all[start..end], start > 0);
    }

    private static int IndexOf<T>(List<T> all, string id, string param)
        where T : IListed
    {
        var index = all.FindIndex(item => item.Id == id);
        return index >= 0 ? index : throw ApiError.Invalid($"No such object in this list: '{id}'", param, "resource_missing");
    }

    private static Func<long, bool> CreatedFilter(Parameter query)
    {
        if (query.Object("created") is not { } created)
            return _ => true;
        if (created.IsEmpty)
        {
            var exactly = query.Integer("created");
            return time => time == exactly;
        }

        var (gt, gte, lt, lte) = (created.Integer("gt"), created.Integer("gte"), created.Integer("lt"), created.Integer("lte"));
        return time => !(time <= gt) && !(time < gte) && !(time >= lt) && !(time > lte);
    }
}
