using System.Security.Cryptography;
using System.Text;

namespace Shop.Functions.Platform.Http;

/// <summary>Entity tags as clients see them.</summary>
public static class ETags
{
    /// <summary>Changes whenever the shape of an answer does, so that a deployment never leaves clients with a stale one.</summary>
    private const string Representation = "5";

    /// <summary>A strong tag for whatever <paramref name="text"/> identifies.</summary>
    public static string OfText(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Representation + text), hash);
        return $"\"{Convert.ToHexStringLower(hash[..12])}\"";
    }

    /// <returns>True when the header (<c>If-Match</c> or <c>If-None-Match</c>) names the tag, or is <c>*</c>.</returns>
    public static bool IsAmong(string etag, Microsoft.Extensions.Primitives.StringValues header) =>
        header.Any(line => line is not null && line.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || Strong(tag) == etag));

    /// <summary>Proxies that compress an answer weaken its tag; it still names the same state.</summary>
    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
