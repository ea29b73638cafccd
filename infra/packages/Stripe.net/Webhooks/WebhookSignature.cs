using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Stripe;

/// <summary>The signature of a webhook, computed without an allocation.</summary>
internal static class WebhookSignature
{
    public const int HexLength = 2 * HMACSHA256.HashSizeInBytes;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Writes <see cref="HexLength"/> lower-case digits.</summary>
    /// <exception cref="EncoderFallbackException">Secret or payload holds half of a surrogate pair.</exception>
    public static void Compute(string secret, ReadOnlySpan<char> timestamp, ReadOnlySpan<char> payload, Span<char> hex)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = ArrayPool<byte>.Shared.Rent(StrictUtf8.GetMaxByteCount(secret.Length));
        var text = ArrayPool<byte>.Shared.Rent(StrictUtf8.GetMaxByteCount(timestamp.Length + 1 + payload.Length));
        try
        {
            var keyLength = StrictUtf8.GetBytes(secret, key);
            var length = StrictUtf8.GetBytes(timestamp, text);
            text[length++] = (byte)'.';
            length += StrictUtf8.GetBytes(payload, text.AsSpan(length));

            Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key.AsSpan(0, keyLength), text.AsSpan(0, length), hash);
            Convert.TryToHexStringLower(hash, hex, out _);
        }
        finally
        {
            // The key is a secret, the text may hold personal data.
            ArrayPool<byte>.Shared.Return(key, clearArray: true);
            ArrayPool<byte>.Shared.Return(text, clearArray: true);
        }
    }
}

/// <summary>The <c>Stripe-Signature</c> header: <c>t=…,v1=…[,v1=…][,v0=…]</c>. Only <c>v1</c> counts.</summary>
internal readonly ref struct SignatureHeader
{
    private readonly ReadOnlySpan<char> items;

    /// <exception cref="NullReferenceException">There is no header.</exception>
    /// <exception cref="StripeException">An item has no equals sign.</exception>
    public SignatureHeader(string header)
    {
        // Trim on the string, so that a missing header fails as it does with the vendor.
        items = header.Trim();
        foreach (var range in items.Split(','))
        {
            Divide(items[range], out var name, out var value);
            if (!HasTimestamp && name is "t")
            {
                Timestamp = value;
                HasTimestamp = true;
            }
        }
    }

    public bool HasTimestamp { get; }

    /// <summary>The first <c>t</c>; empty if there is none.</summary>
    public ReadOnlySpan<char> Timestamp { get; }

    /// <summary>Whether any <c>v1</c> equals the expected digits, compared in a time that does not depend on them.</summary>
    public bool Has(ReadOnlySpan<char> expected)
    {
        foreach (var range in items.Split(','))
        {
            Divide(items[range], out var name, out var value);
            if (name is "v1"
                && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(value), MemoryMarshal.AsBytes(expected)))
            {
                return true;
            }
        }

        return false;
    }

    private static void Divide(ReadOnlySpan<char> item, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        item = item.Trim();
        var equals = item.IndexOf('=');
        if (equals < 0)
        {
            throw new StripeException("The Stripe-Signature header is not a list of name=value.");
        }

        name = item[..equals];
        value = item[(equals + 1)..];
    }
}
