using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>A JSON answer, with an ETag where the thing can be polled or edited.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Type">How it is written.</param>
public sealed record Answer<T>(T Value, JsonTypeInfo<T> Type, int Status = StatusCodes.Status200OK) : IResult
{
    public string? ETag { get; init; }

    public string? Location { get; init; }

    /// <summary>What caches may do with it: by default nothing, for most answers are about a person.</summary>
    public string CacheControl { get; init; } = "private, no-cache";

    public bool Replayed { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = CacheControl;
        if (ETag is not null) response.Headers.ETag = ETag;
        if (IsKnownTo(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        if (Location is not null) response.Headers.Location = Location;
        if (Replayed) response.Headers["Idempotency-Replayed"] = "true";
        await JsonSerializer.SerializeAsync(response.BodyWriter, Value, Type, httpContext.RequestAborted);
    }

    private bool IsKnownTo(HttpRequest request) =>
        ETag is not null
        && Status == StatusCodes.Status200OK
        && HttpMethods.IsGet(request.Method)
        && ETags.IsAmong(ETag, request.Headers.IfNoneMatch);
}

/// <summary>Entity tags as clients see them.</summary>
public static class ETags
{
    /// <summary>Changes whenever the shape of an answer does, so that a deployment never leaves clients with a stale one.</summary>
    private const string Representation = "2";

    /// <summary>A strong tag for one state of one stored entity.</summary>
    public static string Of(Azure.ETag stored) => OfText(stored.ToString());

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
