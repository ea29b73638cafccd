using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Shop.Functions.Platform.Storage;

/// <summary>Reads the text of a queue message.</summary>
public static class StoredMessage
{
    /// <exception cref="JsonException">
    /// The message is not one of ours. What is in it is not told: the worker and the host log this exception, each with its words.
    /// </exception>
    public static T Parse<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new JsonException($"The message is no {typeof(T).Name}.");
        }
    }
}
