using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>The header <c>Idempotency-Key</c>: the same key is the same request, sent again because its answer was lost.</summary>
public static class IdempotencyKey
{
    public static Problem Missing { get; } = Problem.BadRequest(
        "idempotency-key-missing", "Send an Idempotency-Key header: 1 to 255 printable ASCII characters, new for everything you want done.");

    private static readonly Problem Odd = Problem.BadRequest(
        "idempotency-key-odd", "An Idempotency-Key is one text of 1 to 255 printable ASCII characters without blanks.");

    public static Problem Reused { get; } = new(422, "idempotency-key-reused", "This Idempotency-Key belongs to a request with other contents.");

    /// <returns>The key, or null when there is none that is right.</returns>
    public static string? Of(HttpRequest request) =>
        request.Headers["Idempotency-Key"] is [var key] && IsKey(key) ? key : null;

    /// <returns>What to answer to a request of which there is no key: it has none, or one that cannot be.</returns>
    public static Problem RefusalOf(HttpRequest request) => request.Headers["Idempotency-Key"].Count == 0 ? Missing : Odd;

    /// <returns>True for what somebody else may name a thing of theirs with: 1 to 255 printable ASCII characters.</returns>
    public static bool IsKey([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= 255 } && text.All(c => c is > ' ' and < '\x7f');
}
