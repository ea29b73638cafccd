using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>A JSON result, with an ETag where the thing can be polled or edited.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Type">How it is written.</param>
public sealed record JsonResult<T>(T Value, JsonTypeInfo<T> Type, int Status = StatusCodes.Status200OK) : IResult
{
    public string? ETag { get; init; }

    public string? Location { get; init; }

    /// <summary>What caches may do with it; null leaves what <see cref="HeadersMiddleware"/> says, nothing, for most answers are about a person.</summary>
    public string? CacheControl { get; init; }

    public bool Replayed { get; init; }

    /// <summary>The value as it is sent, where it was written already.</summary>
    private byte[]? Written { get; init; }

    /// <summary>With a tag of all that it says, for what has no version of its own: it is written once, for the tag and for the answer.</summary>
    public static JsonResult<T> Tagged(T value, JsonTypeInfo<T> type)
    {
        var written = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return new(value, type) { Written = written, ETag = ETags.OfUtf8(written) };
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (CacheControl is not null) response.Headers.CacheControl = CacheControl;
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
        var written = Written ?? JsonSerializer.SerializeToUtf8Bytes(Value, Type);
        // Whole answers are small; one whose length is known goes in one piece.
        response.ContentLength = written.Length;
        await response.BodyWriter.WriteAsync(written, httpContext.RequestAborted);
    }

    private bool IsKnownTo(HttpRequest request) =>
        ETag is not null
        && Status == StatusCodes.Status200OK
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && ETags.IsKnown(ETag, request.Headers.IfNoneMatch);
}
