using System.Globalization;
using System.Text;

namespace Shop.Local.PayPal;

/// <summary>What a delivery's signature is over: <c>{transmission id}|{transmission time}|{webhook id}|{CRC32 of the body}</c>.</summary>
public static class PayPalSignature
{
    public static string Message(string transmissionId, string transmissionTime, string webhookId, string body) =>
        string.Create(CultureInfo.InvariantCulture, $"{transmissionId}|{transmissionTime}|{webhookId}|{Crc32(Encoding.UTF8.GetBytes(body))}");

    /// <summary>The checksum of IEEE 802.3, as zip has it.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes) => System.IO.Hashing.Crc32.HashToUInt32(bytes);
}
