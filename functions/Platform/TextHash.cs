using System.Security.Cryptography;
using System.Text;

namespace Shop.Functions.Platform;

/// <summary>A name for a text that may be long, personal or from outside: a key, a tag or a log may hold it.</summary>
public static class TextHash
{
    /// <param name="bytes">How many of the 32 are kept.</param>
    /// <returns>SHA-256 of the text in UTF-8, as hexadecimal digits, two for each byte.</returns>
    public static string Of(string text, int bytes = SHA256.HashSizeInBytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
