using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>The header <c>Idempotency-Key</c>: the same key is the same request, sent again because its answer was lost.</summary>
public static class IdempotencyKey
{
    public static Problem Missing { get; } = Problem.BadRequest(
        "idempotency-key-missing", "Send an Idempotency-Key header: 1 to 255 printable ASCII characters, new for everything you want done.");

    public static Problem Reused { get; } = new(422, "idempotency-key-reused", "This Idempotency-Key belongs to a request with other contents.");

    /// <returns>The key, or null when there is none that is right.</returns>
    public static string? Of(HttpRequest request) =>
        request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 255 } key] && key.All(c => c is > ' ' and < '\x7f') ? key : null;
}
