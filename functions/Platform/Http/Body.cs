using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Http;

/// <summary>Reads request bodies: capped, and strict about what is in them.</summary>
public static class Body
{
    /// <summary>The largest JSON body a storefront call may send, in bytes.</summary>
    public const int JsonLimit = 64 * 1024;

    public static Problem TooLarge { get; } = new(413, "too-large", "The request body is too large.");

    public static Problem Unreadable { get; } = Problem.BadRequest("unreadable", "The request body could not be read.");

    private static readonly Problem NotJson = new(415, "not-json", "Send the body as application/json.");

    /// <summary>Reads a JSON body: right content type, within <see cref="JsonLimit"/>, no unknown members.</summary>
    /// <returns>The value, or the problem to answer with.</returns>
    public static async Task<(T? Value, Problem? Problem)> ReadJsonAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        if (!request.HasJsonContentType()) return (null, NotJson);
        var bytes = await ReadBytesAsync(request, JsonLimit, cancellation);
        if (bytes is null) return (null, TooLarge);
        try
        {
            // Some editors and clients put the mark of UTF-8 before the text.
            var text = bytes.Value.Span;
            if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
            var value = JsonSerializer.Deserialize(text, type);
            return value is null ? (null, Invalid("$", "An object is needed here.")) : (value, null);
        }
        catch (JsonException exception)
        {
            return (null, Invalid(exception.Path ?? "$", Reason(exception)));
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

    private static Problem Invalid(string path, string reason) =>
        Problem.Invalid(new Dictionary<string, string[]> { [path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path] = [reason] });

    /// <summary>The parser's own sentences name .NET types and may quote values, so the caller gets ours.</summary>
    private static string Reason(JsonException exception) => exception.Message switch
    {
        var message when message.Contains("could not be mapped", StringComparison.Ordinal) => "There is no such member.",
        var message when message.Contains("missing required", StringComparison.Ordinal) => "A required member is missing.",
        var message when message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) => "A member is there twice.",
        var message when message.Contains("could not be converted", StringComparison.Ordinal) => "The value has the wrong type.",
        var message when message.Contains("doesn't allow", StringComparison.Ordinal) => "The value may not be null.",
        _ => "This is not valid JSON.",
    };
}
