using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Platform.Links;

/// <summary>
/// Links that carry everything they are about, so that nothing has to be stored for whoever has not answered yet. A link can
/// be opened as often as anybody likes until its time is over: what it sets off must be the same however often it is done.
/// </summary>
public sealed class SignedLinks(IOptions<LinkOptions> options, TimeProvider clock)
{
    /// <summary>Before what is carried: when it was made and until when it is good, in seconds of Unix time.</summary>
    private const int HeadLength = 2 * sizeof(long);

    /// <summary>The query parameter of every link.</summary>
    public const string Parameter = "link";

    /// <param name="path">In this API, for instance <c>api/newsletter/confirm</c>.</param>
    /// <exception cref="UnavailableException">There is no key yet.</exception>
    public Uri To<T>(string path, string purpose, T content, JsonTypeInfo<T> type, TimeSpan lifetime)
        where T : class =>
        new(new Uri(options.Value.Address!), $"{path}?{Parameter}={Sign(purpose, content, type, lifetime)}");

    /// <inheritdoc cref="To{T}" />
    /// <returns>What stands behind <c>?link=</c>.</returns>
    public string Sign<T>(string purpose, T content, JsonTypeInfo<T> type, TimeSpan lifetime)
        where T : class
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(content, type);
        var plain = new byte[HeadLength + json.Length];
        var now = clock.GetUtcNow();
        BinaryPrimitives.WriteInt64BigEndian(plain, now.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(sizeof(long)), (now + lifetime).ToUnixTimeSeconds());
        json.CopyTo(plain, HeadLength);
        return LinkSeal.Seal(Keys()[0], purpose, RandomNumberGenerator.GetBytes(LinkSeal.NonceLength), plain);
    }

    /// <exception cref="UnavailableException">There is no key yet.</exception>
    public OpenedLink<T> Open<T>(string purpose, string? token, JsonTypeInfo<T> type)
        where T : class
    {
        var plain = token is null ? null : Keys().Select(key => LinkSeal.Open(key, purpose, token)).FirstOrDefault(opened => opened is not null);
        if (plain is null) return new(LinkState.Invalid, null, default, "");
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain));
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(sizeof(long))));
        var id = Convert.ToHexStringLower(SHA256.HashData(Base64Url.DecodeFromChars(token)).AsSpan(0, 16));
        if (expiresAt <= clock.GetUtcNow()) return new(LinkState.Expired, null, issuedAt, id);
        return Read(plain.AsSpan(HeadLength), type) is { } content ? new(LinkState.Good, content, issuedAt, id) : new(LinkState.Invalid, null, default, "");
    }

    /// <summary>A link that an older version of this app signed may carry what this one does not know.</summary>
    private static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private List<byte[]> Keys()
    {
        if (!options.Value.IsSetUp) throw new UnavailableException("The key of signed links, which is not set up yet,");
        return [.. options.Value.Keys.Where(key => !VaultReference.IsUnresolved(key)).Select(Convert.FromBase64String)];
    }
}
