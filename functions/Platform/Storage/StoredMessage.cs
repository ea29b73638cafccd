using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Shop.Functions.Platform.Storage;

/// <summary>What all queue messages have in common: how their text is read, and that they may have to wait.</summary>
public static class StoredMessage
{
    /// <summary>How long a message lives that must not be lost: storage's own seven days are shorter than an outage can last.</summary>
    public static TimeSpan Forever { get; } = TimeSpan.FromSeconds(-1);

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
