using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Functions.Platform.Storage;

/// <summary>What storage gives back may have been written by another version, or be damaged.</summary>
public static class StoredData
{
    /// <returns>True when what was read cannot be understood: asking again does not help, and nothing else is wrong.</returns>
    public static bool IsDamage(Exception exception) => exception
        is JsonException or FormatException or ArgumentException or InvalidOperationException or InvalidCastException or KeyNotFoundException
        or NullReferenceException or OverflowException;

    /// <returns>False when the text is no JSON.</returns>
    public static bool TryParse(string text, out JsonNode? parsed)
    {
        try
        {
            parsed = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            parsed = null;
            return false;
        }
    }
}
