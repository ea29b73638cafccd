using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>
/// <c>GET /v1/notifications/webhooks-events</c>: newest first, a page of 10 unless <c>page_size</c> says up to 300, between
/// <c>start_time</c> and <c>end_time</c>, with a link to the next page.
/// </summary>
internal static class EventList
{
    private const string Path = "/v1/notifications/webhooks-events";
    private const int Largest = 300;

    public static JsonObject Page(IEnumerable<SandboxEvent> oldestFirst, IQueryCollection query)
    {
        var size = Number(query, "page_size") ?? 10;
        if (size is < 1 or > Largest)
            throw ApiError.Invalid("INVALID_PARAMETER_VALUE", $"page_size is between 1 and {Largest}.", "page_size");
        var (start, end) = (Time(query, "start_time"), Time(query, "end_time"));
        var (type, transaction) = (query["event_type"].ToString(), query["transaction_id"].ToString());
        var matching = oldestFirst
            .Where(e => !(e.Created < start) && !(e.Created > end))
            .Where(e => type.Length == 0 || e.Type == type)
            .Where(e => transaction.Length == 0 || (string?)e.Object["id"] == transaction)
            .Reverse().ToList();
        var skip = 0;
        if (query["index_id"].ToString() is { Length: > 0 } last)
        {
            skip = matching.FindIndex(e => e.Id == last) is >= 0 and var found
                ? found + 1
                : throw ApiError.Invalid("INVALID_PARAMETER_VALUE", "There is no such event.", "index_id");
        }

        var page = matching.Skip(skip).Take(size).ToList();
        var links = new JsonArray(Links.Of(Links.Api + Path + AddressOf(query, null), "self", "GET"));
        if (matching.Count > skip + size)
            links.Add(Links.Of(Links.Api + Path + AddressOf(query, page[^1]), "next", "GET"));
        return new JsonObject
        {
            ["events"] = new JsonArray([.. page.Select(RenderEvent.Event)]),
            ["count"] = page.Count,
            ["links"] = links,
        };
    }

    private static string AddressOf(IQueryCollection query, SandboxEvent? last)
    {
        var pairs = query.Where(pair => last is null || pair.Key is not ("move_to" or "index_time" or "index_id"))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));
        if (last is not null)
            pairs = pairs.Concat([new("move_to", "next"), new("index_time", RenderOrder.Time(last.Created)), new("index_id", last.Id)]);
        return QueryString.Create(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).ToString();
    }

    private static int? Number(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiError.Invalid("INVALID_PARAMETER_SYNTAX", $"{name} is not a number.", name, text);
    }

    /// <summary>In Unix seconds.</summary>
    private static long? Time(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && text.Contains('T', StringComparison.Ordinal)
            ? time.ToUnixTimeSeconds()
            : throw ApiError.Invalid("INVALID_PARAMETER_SYNTAX", $"{name} is not a time of RFC 3339.", name, text);
    }
}
