using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>Which part of a list is asked for: <c>?limit=20&amp;continuation=…</c>.</summary>
/// <param name="After">The key of the last item of the page before; null for the first page.</param>
public sealed record Page(int Limit, string? After)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    /// <param name="isPlace">Whether a text is a key of this list: a continuation comes back from outside.</param>
    public static (Page? Page, Problem? Invalid) Of(HttpRequest request, Func<string, bool> isPlace)
    {
        var validation = new Validation();
        var page = new Page(LimitOf(request, validation), PlaceOf(request, isPlace, validation));
        return validation.Problem is { } invalid ? (null, invalid) : (page, null);
    }

    /// <returns>What to send for the next page, or null when there is none.</returns>
    public static string? Continuation(string? next) => next is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(next));

    /// <returns>The key that a continuation stands for, or anything else that somebody has written so; null for what is none.</returns>
    public static string? PlaceFrom(string continuation) => continuation.Length > 0 && Base64Url.IsValid(continuation) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) : null;

    private static int LimitOf(HttpRequest request, Validation validation)
    {
        if (!request.Query.TryGetValue("limit", out var text)) return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit) return limit;
        validation.Add("limit", $"Between 1 and {MaxLimit}.");
        return DefaultLimit;
    }

    private static string? PlaceOf(HttpRequest request, Func<string, bool> isPlace, Validation validation)
    {
        if (!request.Query.TryGetValue("continuation", out var token)) return null;
        var text = token.ToString();
        if (PlaceFrom(text) is { } place && isPlace(place)) return place;
        validation.Add("continuation", "Not a continuation of this list.");
        return null;
    }
}
