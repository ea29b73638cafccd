using System.Text.Json;

namespace Stripe.Json;

/// <summary>An object whose class its <c>object</c> member decides; null if that is missing or not known.</summary>
internal sealed class ObjectCodec<T> : Codec<T>
    where T : class
{
    private static readonly (string Name, Type Type)[] Kinds =
    [
        .. new (string Name, Type Type)[]
        {
            ("balance_transaction", typeof(BalanceTransaction)),
            ("charge", typeof(Charge)),
            ("checkout.session", typeof(Checkout.Session)),
            ("customer", typeof(Customer)),
            ("dispute", typeof(Dispute)),
            ("event", typeof(Event)),
            ("item", typeof(LineItem)),
            ("payment_intent", typeof(PaymentIntent)),
            ("payment_method", typeof(PaymentMethod)),
            ("price", typeof(Price)),
            ("product", typeof(Product)),
            ("refund", typeof(Refund)),
        }.Where(kind => typeof(T).IsAssignableFrom(kind.Type)),
    ];

    public override T Read(ref Utf8JsonReader reader, byte[] source)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartObject when FindKind(reader) is { } kind:
                return (T)For(kind).ReadObject(ref reader, source);
            case JsonTokenType.StartObject:
                reader.Skip();
                return null;
            default:
                throw Unfit(reader);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(writer, value, value.GetType());
        }
    }

    /// <summary>Looks ahead; the caller's reader, a copy of which comes in, stays where it is.</summary>
    private static Type FindKind(Utf8JsonReader ahead)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = ahead.ValueTextEquals("object"u8);
            ahead.Read();
            if (!isKind)
            {
                ahead.Skip();
                continue;
            }

            if (ahead.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            {
                throw Unfit(ahead);
            }

            foreach (var (name, type) in Kinds)
            {
                if (ahead.TokenType == JsonTokenType.String && ahead.ValueTextEquals(name))
                {
                    return type;
                }
            }

            return null;
        }

        return null;
    }
}
