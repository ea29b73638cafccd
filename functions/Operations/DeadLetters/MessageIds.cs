using System.Text.Json;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>What a message is about, for the log. Pure.</summary>
/// <param name="OrderId">Null where it names none that can be read.</param>
/// <param name="EventId">The provider's or carrier's id of an event, or ours; null likewise.</param>
internal readonly record struct MessageIds(string? OrderId, string? EventId)
{
    private const int Longest = 100;

    public static MessageIds Of(string queue, BinaryData body)
    {
        try
        {
            using var read = JsonDocument.Parse(body);
            if (read.RootElement is not { ValueKind: JsonValueKind.Object } message) return default;
            // What a mail is about has another name; that of a consent leads to a person.
            var isOrderMail = queue == StorageNames.Emails && TextOf(message, "template") is { } template && template.Equals(nameof(EmailTemplate.Order), StringComparison.OrdinalIgnoreCase);
            return new(TextOf(message, isOrderMail ? "id" : "orderId"), TextOf(message, "eventId"));
        }
        // Not JSON, or a text in it that is no Unicode.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>Anybody may have written the message: what cannot be an id is not repeated.</summary>
    private static string? TextOf(JsonElement message, string member) =>
        message.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= Longest } text
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? text
            : null;
}
