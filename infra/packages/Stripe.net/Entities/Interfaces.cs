using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>Anything that Stripe answers with.</summary>
public interface IStripeEntity
{
    StripeResponse StripeResponse { get; set; }
}

/// <summary>An object with an id of its own, such as <c>re_…</c>.</summary>
public interface IHasId
{
    string Id { get; set; }
}

/// <summary>An object with up to 50 key-value pairs of the seller's own.</summary>
public interface IHasMetadata
{
    Dictionary<string, string> Metadata { get; set; }
}

/// <summary>An object that names its kind in <c>object</c>; read through this interface, that name decides its class.</summary>
[JsonConverter(typeof(ObjectConverterFactory))]
public interface IHasObject
{
    string Object { get; set; }
}

/// <summary>What a movement of the balance can come from.</summary>
[JsonConverter(typeof(ObjectConverterFactory))]
public interface IBalanceTransactionSource : IStripeEntity, IHasId, IHasObject;
