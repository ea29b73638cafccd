using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Functions.Platform.Links;

/// <summary>
/// What a link carries, signed and hidden in one (AES-256-GCM): nobody can change it, and an address bar, a proxy's log or a
/// trace that shows the link tells nobody whose it is. Pure.
/// </summary>
public static class LinkSeal
{
    public const int NonceLength = 12;

    private const byte Version = 1;
    private const int TagLength = 16;

    /// <summary>Longer than any that is made here.</summary>
    private const int LongestToken = 4096;

    /// <param name="purpose">What the link is for: one for another purpose does not open.</param>
    /// <param name="nonce">Random, and never the same again.</param>
    public static string Seal(ReadOnlySpan<byte> key, string purpose, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> content)
    {
        var token = new byte[1 + NonceLength + content.Length + TagLength];
        token[0] = Version;
        nonce.CopyTo(token.AsSpan(1, NonceLength));
        using var cipher = new AesGcm(KeyOf(key), TagLength);
        cipher.Encrypt(nonce, content, token.AsSpan(1 + NonceLength, content.Length), token.AsSpan(^TagLength..), Bound(purpose));
        return Base64Url.EncodeToString(token);
    }

    /// <returns>Null when it was not sealed with this key for this purpose, or was changed since.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, string purpose, string token)
    {
        if (token.Length > LongestToken || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < 1 + NonceLength + TagLength || bytes[0] != Version) return null;
        var content = new byte[bytes.Length - 1 - NonceLength - TagLength];
        using var cipher = new AesGcm(KeyOf(key), TagLength);
        try
        {
            cipher.Decrypt(bytes.AsSpan(1, NonceLength), bytes.AsSpan(1 + NonceLength, content.Length), bytes.AsSpan(^TagLength..), content, Bound(purpose));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>The setting's key is used for nothing but to make this one.</summary>
    private static byte[] KeyOf(ReadOnlySpan<byte> key)
    {
        var derived = new byte[LinkOptions.KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], info: "shop signed links"u8);
        return derived;
    }

    private static byte[] Bound(string purpose) => [Version, .. Encoding.UTF8.GetBytes(purpose)];
}
