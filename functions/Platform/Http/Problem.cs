using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>An error as the caller sees it: <c>application/problem+json</c> (RFC 9457) with a stable type and a trace id.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Type">The last part of the problem's type; it never changes, so clients can branch on it.</param>
/// <param name="Title">One sentence, the same for every occurrence.</param>
public sealed record Problem(int Status, string Type, string Title) : IResult
{
    /// <summary>What is special about this occurrence; it never repeats personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>For validation: what is wrong, by the member's path.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>When it makes sense to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Problem NotSignedIn { get; } = new(401, "not-signed-in", "Sign in first: the request carries no valid bearer token.");

    public static Problem NoAccess { get; } = new(403, "no-access", "Nobody may call this.");

    public static Problem NotFound { get; } = new(404, "not-found", "There is nothing here.");

    public static Problem PreconditionMissing { get; } = new(428, "precondition-missing", "Send If-Match with the ETag of what you read.");

    public static Problem PreconditionFailed { get; } = new(412, "precondition-failed", "It has changed since you read it. Read it again.");

    public static Problem LimitReached { get; } = new(409, "limit-reached", "This has reached its limit; nothing more can be added to it.");

    public static Problem Unavailable { get; } =
        new(503, "unavailable", "A part this needs is not answering. Try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem Unexpected { get; } = new(500, "unexpected", "Something went wrong here. It has been logged under this trace id.");

    public static Problem RoleMissing(string role) => new(403, "role-missing", "This needs an app role that you do not have.") { Detail = role };

    public static Problem BadRequest(string type, string title) => new(400, type, title);

    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(400, "invalid", "The request has members that are missing or wrong.") { Errors = errors };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (Status == 401) response.Headers.WWWAuthenticate = "Bearer";
        if (RetryAfter is { } wait) response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        Write(writer, httpContext.TraceIdentifier);
        await writer.FlushAsync(httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter writer, string traceId)
    {
        writer.WriteStartObject();
        writer.WriteString("type", $"urn:shop:problem:{Type}");
        writer.WriteString("title", Title);
        writer.WriteNumber("status", Status);
        if (Detail is not null) writer.WriteString("detail", Detail);
        writer.WriteString("traceId", traceId);
        if (Errors is not null)
        {
            writer.WriteStartObject("errors");
            foreach (var (path, messages) in Errors)
            {
                writer.WriteStartArray(path);
                foreach (var message in messages) writer.WriteStringValue(message);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
