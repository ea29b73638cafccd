using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>The body of a request to erase: nothing at first, the confirmation then.</summary>
public sealed record ErasureRequest(string? Confirmation = null)
{
    /// <summary>A first request may come without a body.</summary>
    public static async Task<(ErasureRequest? Value, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        request.ContentLength is null or 0 && request.ContentType is null
            ? (new(), null)
            : await Body.ReadJsonAsync(request, ErasureJson.Web.Type<ErasureRequest>(), check: null, cancellation);
}
