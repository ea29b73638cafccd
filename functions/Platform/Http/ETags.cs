using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Shop.Functions.Platform.Http;

/// <summary>Entity tags as clients see them.</summary>
public static class ETags
{
    /// <summary>Changes whenever the shape of an answer does, so that a deployment never leaves clients with a stale one.</summary>
    private static ReadOnlySpan<byte> Representation => "5"u8;

    /// <summary>A strong tag for whatever <paramref name="text"/> identifies.</summary>
    public static string OfText(string text) => OfUtf8(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="OfText(string)" />
    /// <param name="text">In UTF-8.</param>
    public static string OfUtf8(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. Representation, .. text], hash);
        return $"\"{Convert.ToHexStringLower(hash[..12])}\"";
    }

    private static readonly Problem Malformed = Problem.BadRequest("etag-malformed", "If-Match takes an ETag as it was given out, with its quotes, or several with commas between them, or *.");

    /// <returns>Why the request's <c>If-Match</c> is no condition; null for one that is, and for none where none is needed.</returns>
    public static Problem? RefuseIfMatch(HttpRequest request, bool isNeeded = true)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0) return isNeeded ? Problem.PreconditionMissing : null;
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags) && tags.Count > 0 ? null : Malformed;
    }

    /// <summary>Strongly, as RFC 9110 (13.1.1) has it: a weak tag names states that are alike, and whoever writes must have seen this very one.</summary>
    /// <returns>True when the header <c>If-Match</c> names the tag, or is <c>*</c>.</returns>
    public static bool IsMatched(string etag, StringValues ifMatch) => IsNamed(etag, ifMatch, isStrong: true);

    /// <summary>Weakly: proxies that compress an answer weaken its tag, and it still names the same state.</summary>
    /// <returns>True when the header <c>If-None-Match</c> names the tag, or is <c>*</c>.</returns>
    public static bool IsKnown(string etag, StringValues ifNoneMatch) => IsNamed(etag, ifNoneMatch, isStrong: false);

    private static bool IsNamed(string etag, StringValues header, bool isStrong)
    {
        var ours = new EntityTagHeaderValue(etag);
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags) && tags.Any(tag => tag == EntityTagHeaderValue.Any || tag.Compare(ours, isStrong));
    }
}
