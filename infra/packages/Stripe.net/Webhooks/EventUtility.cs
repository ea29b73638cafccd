using System.Globalization;
using System.Text;
using System.Text.Json;
using Stripe.Json;

namespace Stripe;

/// <summary>
/// Checks and reads webhooks. The signature is over the body exactly as received, so it must not be parsed and written
/// again before. The secret is the whole text with its <c>whsec_</c>; an empty one lets anybody sign.
/// </summary>
public static class EventUtility
{
    /// <summary>Seconds that the signature's time may differ from the clock, either way.</summary>
    public const int DefaultTimeTolerance = 300;

    /// <summary>JSON in webhooks may nest this deep.</summary>
    private const int MaxDepth = 64;

    /// <summary>Whether two versions belong to one train, which is the part after the dot.</summary>
    /// <exception cref="NullReferenceException">The event has no version.</exception>
    public static bool IsCompatibleApiVersion(string sdkApiVersion, string eventApiVersion)
    {
        if (!eventApiVersion.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }

        var train = sdkApiVersion.Split('.')[1];
        return train == "preview" ? eventApiVersion == sdkApiVersion : eventApiVersion.Split('.')[1] == train;
    }

    /// <inheritdoc cref="IsCompatibleApiVersion(string, string)"/>
    public static bool IsCompatibleApiVersion(string eventApiVersion) =>
        IsCompatibleApiVersion(StripeConfiguration.ApiVersion, eventApiVersion);

    /// <summary>Reads an event without looking at its signature.</summary>
    /// <exception cref="JsonException">The text is not JSON or does not fit, for example by a null amount.</exception>
    /// <exception cref="StripeException">The event was made for another API version train.</exception>
    /// <exception cref="ArgumentException">It is a thin event (<c>v2.core.event</c>).</exception>
    public static Event ParseEvent(string json, bool throwOnApiVersionMismatch = true) =>
        ParseEvent(EntityJson.Encode(json), throwOnApiVersionMismatch);

    /// <summary>Checks the signature, then reads the event.</summary>
    /// <inheritdoc cref="ParseEvent(string, bool)"/>
    public static Event ConstructEvent(
        string json,
        string stripeSignatureHeader,
        string secret,
        long tolerance = DefaultTimeTolerance,
        bool throwOnApiVersionMismatch = true) =>
        ConstructEvent(json, stripeSignatureHeader, secret, tolerance, UnixNow(), throwOnApiVersionMismatch);

    /// <inheritdoc cref="ConstructEvent(string, string, string, long, bool)"/>
    public static Event ConstructEvent(
        string json,
        string stripeSignatureHeader,
        string secret,
        long tolerance,
        long utcNow,
        bool throwOnApiVersionMismatch = true)
    {
        ValidateSignature(json, stripeSignatureHeader, secret, tolerance, utcNow);
        return ParseEvent(json, throwOnApiVersionMismatch);
    }

    /// <summary>Checks the signature and then its time; reads nothing of the event.</summary>
    /// <exception cref="StripeException">The header is malformed, no signature matches, or the time is too far off.</exception>
    public static void ValidateSignature(
        string json, string stripeSignatureHeader, string secret, long tolerance = DefaultTimeTolerance) =>
        ValidateSignature(json, stripeSignatureHeader, secret, tolerance, UnixNow());

    /// <inheritdoc cref="ValidateSignature(string, string, string, long)"/>
    public static void ValidateSignature(
        string json, string stripeSignatureHeader, string secret, long tolerance, long utcNow)
    {
        var header = new SignatureHeader(stripeSignatureHeader);
        Span<char> expected = stackalloc char[WebhookSignature.HexLength];
        try
        {
            WebhookSignature.Compute(secret, header.Timestamp, json, expected);
        }
        catch (EncoderFallbackException e)
        {
            throw new StripeException("No signature can be computed for text that is not valid UTF-16.", e);
        }

        if (!header.Has(expected))
        {
            throw new StripeException(
                "None of the v1 signatures in the Stripe-Signature header is the expected one: "
                + "the secret is another endpoint's, or the body is not as Stripe sent it.");
        }

        // Text that is no 32-bit number leaves as FormatException or OverflowException, as with the vendor.
        var signedAt = header.HasTimestamp ? int.Parse(header.Timestamp, CultureInfo.CurrentCulture) : 0;
        if (Math.Abs(utcNow - signedAt) > tolerance)
        {
            throw new StripeException("The webhook was signed at a time outside of the tolerance.");
        }
    }

    /// <summary>Reads an event that came over a trusted way, also inside an EventBridge or Event Grid envelope.</summary>
    /// <exception cref="ArgumentException">It is neither an event nor a known envelope, or it is a thin event.</exception>
    public static Event ConstructEventWithoutVerification(string json, bool throwOnApiVersionMismatch = false)
    {
        using var document = JsonDocument.Parse(json);
        var inner = Unwrap(document.RootElement).GetRawText();
        return ParseEvent(EntityJson.Encode(inner), throwOnApiVersionMismatch);
    }

    /// <summary>HMAC-SHA256 over <c>timestamp.payload</c>, in lower-case hexadecimal.</summary>
    /// <exception cref="ArgumentNullException">The secret is null.</exception>
    public static string ComputeSignature(string secret, string timestamp, string payload)
    {
        Span<char> hex = stackalloc char[WebhookSignature.HexLength];
        WebhookSignature.Compute(secret, timestamp, payload, hex);
        return new string(hex);
    }

    /// <summary>A <c>Stripe-Signature</c> header for a body, signed now unless a Unix time is given.</summary>
    public static string GenerateSignatureHeader(string payload, string secret, long? timestamp = null)
    {
        var signedAt = timestamp ?? UnixNow();
        return $"t={signedAt},v1={ComputeSignature(secret, signedAt.ToString(CultureInfo.CurrentCulture), payload)}";
    }

    private static long UnixNow() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static JsonElement Unwrap(JsonElement root)
    {
        if (root.TryGetProperty("detail", out var detail))
        {
            return detail;
        }

        if (root.TryGetProperty("specversion", out _) && root.TryGetProperty("data", out var data))
        {
            return data;
        }

        return root.TryGetProperty("object", out var kind) && kind.GetString() is "event" or "v2.core.event"
            ? root
            : throw new ArgumentException("The text is neither a Stripe event nor an EventBridge or Event Grid envelope of one.");
    }

    private static Event ParseEvent(byte[] utf8, bool throwOnApiVersionMismatch)
    {
        if (!IsSnapshot(utf8))
        {
            RefuseThinEvent(utf8);
        }

        var stripeEvent = EntityJson.Parse<Event>(utf8, MaxDepth);
        if (throwOnApiVersionMismatch && !IsCompatibleApiVersion(stripeEvent.ApiVersion))
        {
            throw new StripeException(
                $"Received event with API version {stripeEvent.ApiVersion}, which is of another train than "
                + $"{StripeConfiguration.ApiVersion}. Give the webhook endpoint a version of this train.");
        }

        return stripeEvent;
    }

    /// <summary>Looks as far as the <c>object</c> member, which comes second in what Stripe sends.</summary>
    private static bool IsSnapshot(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        while (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.PropertyName)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKind = reader.ValueTextEquals("object"u8);
                reader.Read();
                if (isKind)
                {
                    return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("event"u8);
                }

                reader.Skip();
            }

            reader.Read();
        }

        return false;
    }

    /// <summary>The unusual: no <c>object</c>, one that is not text, another kind, or no JSON object at all.</summary>
    private static void RefuseThinEvent(byte[] utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        if (document.RootElement.TryGetProperty("object", out var kind) && kind.GetString() == "v2.core.event")
        {
            throw new ArgumentException("This is a thin event; only snapshot events can be read here.");
        }
    }
}
