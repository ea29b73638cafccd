using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Shop.Functions.Platform.Http;

/// <summary>Reads request bodies: capped, and strict about what is in them.</summary>
public static class Body
{
    /// <summary>The largest JSON body a storefront call may send, in bytes.</summary>
    public const int JsonLimit = 64 * 1024;

    public static Problem TooLarge { get; } = new(413, "too-large", "The request body is too large.");

    public static Problem Unreadable { get; } = Problem.BadRequest("unreadable", "The request body could not be read.");

    private static readonly Problem NotJson = new(415, "not-json", "Send the body as application/json.");

    private static readonly Problem NotUtf8 = new(415, "charset-not-utf8", "JSON is sent as UTF-8: leave the charset out, or name utf-8.");

    /// <summary>
    /// Reads a JSON body: right content type, UTF-8, within <see cref="JsonLimit"/>, no unknown members. Whoever sends something wrong
    /// is told all of it at once, what is missing as well as what <paramref name="check"/> says of the rest.
    /// </summary>
    /// <param name="check">What is wrong with the values; it may be given a value of which members are missing, as null or zero.</param>
    /// <returns>The value, or the problem to answer with.</returns>
    public static async Task<(T? Value, Problem? Problem)> ReadJsonAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, Func<T, Problem?>? check, CancellationToken cancellation)
        where T : class
    {
        if (!request.HasJsonContentType()) return (null, NotJson);
        if (!IsUtf8(request.ContentType)) return (null, NotUtf8);
        var bytes = await ReadBytesAsync(request, JsonLimit, cancellation);
        if (bytes is null) return (null, TooLarge);
        var text = bytes.Value;
        if (EncodingFault(text.Span) is { } foreign) return (null, Invalid(foreign));
        // Some editors and clients put the mark of UTF-8 before the text.
        if (text.Span.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        try
        {
            if (JsonSerializer.Deserialize(text.Span, type) is not { } value) return (null, Invalid("An object is needed here."));
            return check?.Invoke(value) is { } invalid ? (null, invalid) : (value, null);
        }
        catch (JsonException)
        {
            // The serializer stops at the first thing that is wrong, and its sentences name .NET types and may quote values.
            return (null, BodyFaults.Of(text, type, check));
        }
    }

    /// <returns>The raw bytes, or null when there are more than <paramref name="limit"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit) return null;
        var buffer = new ArrayBufferWriter<byte>(request.ContentLength is { } length ? Math.Max((int)length, 1) : 4096);
        while (true)
        {
            // One byte past the limit is enough to know that there is too much.
            var room = buffer.GetMemory(1);
            if (room.Length > limit + 1 - buffer.WrittenCount) room = room[..(limit + 1 - buffer.WrittenCount)];
            var read = await request.Body.ReadAsync(room, cancellation);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > limit) return null;
        }
    }

    private static bool IsUtf8(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) || type.Charset.Length == 0
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    /// <returns>What is wrong with the bytes before they are any text; null for UTF-8.</returns>
    private static string? EncodingFault(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble) || bytes.StartsWith("\0\0"u8)) return "The body begins as UTF-16 or UTF-32: send it as UTF-8.";
        // JSON begins with an ASCII character, so a zero beside it is another encoding of it.
        if (bytes.Length >= 2 && (bytes[0] == 0 || bytes[1] == 0)) return "The body is UTF-16 or UTF-32: send it as UTF-8.";
        return Utf8.IsValid(bytes) ? null : "The body is not valid UTF-8.";
    }

    private static Problem Invalid(string reason) => Problem.Invalid(new Dictionary<string, string[]> { ["$"] = [reason] });
}
