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
        await JsonSerializer.SerializeAsync(response.BodyWriter, Value, Type, httpContext.RequestAborted);
    }

    private bool IsKnownTo(HttpRequest request) =>
        ETag is not null
        && Status == StatusCodes.Status200OK
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && ETags.IsKnown(ETag, request.Headers.IfNoneMatch);
}
