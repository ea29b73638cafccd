using System.Collections;
using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>One page of a list. <see cref="HasMore"/> says whether another follows.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class StripeList<T> : StripeEntity<StripeList<T>>, IHasObject, IEnumerable<T>
{
    public string Object { get; set; }
    public List<T> Data { get; set; }
    public bool HasMore { get; set; }
    public string Url { get; set; }

    public IEnumerator<T> GetEnumerator() => Data.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Reverse() => Data.Reverse();
}
