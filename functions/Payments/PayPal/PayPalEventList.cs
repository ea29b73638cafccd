using System.Globalization;
using System.Text.Json;
using System.Web;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.PayPal;

/// <summary>PayPal's lists, of the events it has raised and of disputes: how they are asked for, and what they say. Pure.</summary>
public static class PayPalEventList
{
    /// <param name="after">The query of the link that the page before gave for the next one.</param>
    public static string QueryOf(DateTimeOffset from, DateTimeOffset to, string? after)
    {
        // Only the place in the list is taken from the link; period and size stay what was asked for.
        var query = HttpUtility.ParseQueryString(after ?? "");
        query["page_size"] = "100";
        query["start_time"] = Time(from);
        query["end_time"] = Time(to);
        return query.ToString()!;
    }

    /// <exception cref="UnavailableException">It is not what PayPal answers.</exception>
    public static EventPage Read(string json)
    {
        try
        {
            using var list = JsonDocument.Parse(json);
            var events = list.RootElement.TryGetProperty("events", out var found) ? found.EnumerateArray().Select(PayPalEvents.Read).ToList() : [];
            var links = list.RootElement.TryGetProperty("links", out var given) ? given.EnumerateArray().ToList() : [];
            var next = links.Where(link => link.GetProperty("rel").GetString() == "next").Select(link => link.GetProperty("href").GetString()).FirstOrDefault();
            // The address itself is never followed: only its query, on PayPal's own host.
            return new(events, next is null || events.Count == 0 ? null : new Uri(next).Query);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or UriFormatException)
        {
            throw new UnavailableException(Providers.PayPal, exception);
        }
    }

    /// <exception cref="UnavailableException">It is not what PayPal answers.</exception>
    public static Translation ReadOne(string json)
    {
        try
        {
            using var told = JsonDocument.Parse(json);
            return PayPalEvents.Read(told.RootElement);
        }
        catch (JsonException exception)
        {
            throw new UnavailableException(Providers.PayPal, exception);
        }
    }

    /// <returns>The ids in a list of disputes.</returns>
    /// <exception cref="UnavailableException">It is not what PayPal answers.</exception>
    public static IReadOnlyList<string> DisputeIds(string json)
    {
        try
        {
            using var list = JsonDocument.Parse(json);
            return list.RootElement.TryGetProperty("items", out var items) ? [.. items.EnumerateArray().Select(item => item.GetProperty("dispute_id").GetString()!)] : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new UnavailableException(Providers.PayPal, exception);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
