using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.Functions.Platform.Http;

/// <summary>Reads what a button on a page, or a mail program in its place, sends: a field or two.</summary>
public static class FormFields
{
    private static readonly FormOptions Small = new()
    {
        BufferBodyLengthLimit = 4096,
        MultipartBodyLengthLimit = 4096,
        KeyLengthLimit = 100,
        ValueLengthLimit = 1000,
        ValueCountLimit = 10,
    };

    /// <returns>The field's value; null when there is none, or the body is no form or a large one.</returns>
    public static async Task<string?> ReadAsync(HttpRequest request, string field, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || request.ContentLength > Small.BufferBodyLengthLimit) return null;
        try
        {
            var form = await new FormFeature(request, Small).ReadFormAsync(cancellation);
            return form.TryGetValue(field, out var values) && values is [{ } only] ? only : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
