using System.Security.Cryptography;
using System.Text;

namespace Shop.Functions.Orders;

/// <summary>An order's id and number, both derived from who places it and the idempotency key: a retry meets its own order.</summary>
public static class OrderIds
{
    /// <summary>Crockford's base 32: no letter that reads like a digit.</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private const int IdLength = 26;
    private const int ShortIdLength = 16;
    private const int NumberLength = 12;

    /// <returns>26 characters of base 32 (130 bits of SHA-256).</returns>
    public static string IdOf(string accountId, string idempotencyKey) => Encode($"order\n{accountId}\n{idempotencyKey}", IdLength);

    /// <returns>16 characters of base 32 for a refund that staff ask for: a retry meets its own.</returns>
    public static string RefundIdOf(string orderId, string idempotencyKey) => Encode($"refund\n{orderId}\n{idempotencyKey}", ShortIdLength);

    /// <returns>16 characters of base 32 that tell one parcel from another: a retry meets its own.</returns>
    public static string ShipmentKeyOf(string orderId, string idempotencyKey) => Encode($"shipment\n{orderId}\n{idempotencyKey}", ShortIdLength);

    /// <returns>16 characters of base 32 for what a request says of a parcel: a retry says the same.</returns>
    public static string ShipmentHashOf(string orderId, string request) => Encode($"parcel\n{orderId}\n{request}", ShortIdLength);

    /// <returns>16 characters of base 32, whatever a carrier's id of an event looks like.</returns>
    public static string ShipmentEventIdOf(string orderId, string carriersId, string kind) => Encode($"shipment event\n{orderId}\n{carriersId}\n{kind}", ShortIdLength);

    /// <returns>
    /// For instance <c>7K2Q-M9XD-4TFA</c>: the id's first 60 bits, short enough to read out on the telephone. Orders lie by
    /// their ids, so whoever has the number finds the order without an index.
    /// </returns>
    public static string NumberOf(string orderId) => Grouped(orderId[..NumberLength].ToUpperInvariant());

    /// <summary>A number as people say and type it: in any case, with or without dashes, an O for a zero.</summary>
    /// <returns>The number as it is stored, or null when it can be none.</returns>
    public static string? NumberFrom(string text)
    {
        var plain = string.Concat(text.Where(c => c is not ('-' or ' '))).ToLowerInvariant().Replace('o', '0').Replace('i', '1').Replace('l', '1');
        return plain.Length == NumberLength && plain.All(Alphabet.Contains) ? Grouped(plain.ToUpperInvariant()) : null;
    }

    /// <returns>How the ids of orders with this number begin.</returns>
    public static string PrefixOf(string number) => number.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Grouped(string text) => $"{text[..4]}-{text[4..8]}-{text[8..]}";

    /// <returns>True when the text can be an order's id; anything else is not worth a look at storage.</returns>
    public static bool IsId(string text) => text.Length == IdLength && text.All(Alphabet.Contains);

    private static string Encode(string text, int length)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(length, hash, static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var bit = i * 5;
                var window = (bytes[bit / 8] << 8) | bytes[(bit / 8) + 1];
                span[i] = Alphabet[(window >> (11 - (bit % 8))) & 31];
            }
        });
    }
}
