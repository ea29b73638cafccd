using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>How lists are cut into pages: <c>?limit=&amp;continuation=</c>, the latter opaque to callers.</summary>
public static class Paging
{
    /// <returns>The limit asked for, from 1 to <paramref name="most"/>.</returns>
    public static int LimitOf(HttpRequest request, int usual, int most, Validation validation)
    {
        if (!request.Query.TryGetValue("limit", out var text)) return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most) return limit;
        validation.Add("limit", $"Between 1 and {most}.");
        return usual;
    }

    /// <param name="isPlace">Whether a text is a place in this list: what was given out for it, and nothing else.</param>
    /// <returns>The place to go on after; null for the first page.</returns>
    public static string? PlaceOf(HttpRequest request, Func<string, bool> isPlace, Validation validation)
    {
        if (!request.Query.TryGetValue("continuation", out var token)) return null;
        var text = token.ToString();
        if (Base64Url.IsValid(text) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) is var place && isPlace(place)) return place;
        validation.Add("continuation", "Not a continuation of this list.");
        return null;
    }

    /// <returns>What a caller sends to get the page after this place; null when there is none.</returns>
    public static string? ContinuationOf(string? place) => place is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));
}
