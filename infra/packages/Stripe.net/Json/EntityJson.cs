using System.Text;
using System.Text.Json;

namespace Stripe.Json;

/// <summary>The way in from text and from System.Text.Json.</summary>
internal static class EntityJson
{
    private const int MaxDepth = 128;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, MaxDepth = MaxDepth };

    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    public static byte[] Encode(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return StrictUtf8.GetBytes(json);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("The text is not valid UTF-16, so it is not JSON either.", nameof(json), e);
        }
    }

    /// <summary>Reads one value and nothing after it.</summary>
    /// <exception cref="JsonException">The text is not JSON or does not fit.</exception>
    public static T Parse<T>(string json) => Parse<T>(Encode(json), MaxDepth);

    /// <inheritdoc cref="Parse{T}(string)"/>
    public static T Parse<T>(byte[] utf8, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        var value = Codec.For<T>().Read(ref reader, utf8);

        // Reading on at the end throws if anything but white space follows.
        reader.Read();
        return value;
    }
}
