using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Functions.Carriers;

/// <summary>
/// How carriers sign: <c>Carrier-Signature: t=…,v1=…</c>, where <c>v1</c> is HMAC-SHA256 of <c>{t}.{body}</c> in hexadecimal and
/// <c>t</c> the time in seconds. Several <c>v1</c> may stand there while a secret is rotated. Pure.
/// </summary>
public static class CarrierSignature
{
    public const string Header = "Carrier-Signature";

    /// <summary>How old a delivery may be: whoever records one cannot send it again tomorrow.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>More signatures than anybody rotates secrets.</summary>
    private const int MostParts = 10;

    /// <returns>Whether one of the secrets has signed exactly these bytes recently.</returns>
    public static bool IsGood(string header, ReadOnlySpan<byte> body, IEnumerable<string> secrets, DateTimeOffset now)
    {
        var parts = header.Split(',', MostParts + 1, StringSplitOptions.TrimEntries);
        if (parts.Length > MostParts || TimeIn(parts) is not { } time || (now - time).Duration() > Tolerance) return false;
        var signatures = parts.Where(part => part.StartsWith("v1=", StringComparison.Ordinal)).Select(part => BytesOf(part[3..])).OfType<byte[]>().ToList();
        var isGood = false;
        foreach (var secret in secrets)
        {
            var expected = Compute(secret, time.ToUnixTimeSeconds(), body);
            foreach (var signature in signatures) isGood |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return isGood;
    }

    public static byte[] Compute(string secret, long time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time}.")));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <returns>Null when there is none, or one that is no time.</returns>
    private static DateTimeOffset? TimeIn(string[] parts) =>
        parts.FirstOrDefault(part => part.StartsWith("t=", StringComparison.Ordinal)) is { Length: <= 12 } part
        && long.TryParse(part.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <returns>Null for what is no SHA-256 in hexadecimal.</returns>
    private static byte[]? BytesOf(string hex) => hex.Length == 2 * SHA256.HashSizeInBytes && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;
}
