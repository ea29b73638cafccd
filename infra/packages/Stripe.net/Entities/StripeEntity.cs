using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>
/// Base of everything that Stripe answers with. An entity keeps its slice of the JSON it was read from, shared with
/// the entities around it, so that members without a property can still be read.
/// </summary>
[JsonConverter(typeof(EntityConverterFactory))]
public abstract class StripeEntity : IStripeEntity
{
    private ReadOnlyMemory<byte> source;
    private JsonElement? element;

    /// <summary>The JSON this entity was read from; null on an entity made by hand.</summary>
    [JsonIgnore]
    public JsonElement? RawJsonElement
    {
        get
        {
            if (element is null && !source.IsEmpty)
            {
                element = JsonDocument.Parse(source).RootElement;
            }

            return element;
        }
        protected set => element = value;
    }

    /// <summary>The answer that carried this entity; null on one that came inside another or in a webhook.</summary>
    [JsonIgnore]
    public StripeResponse StripeResponse { get; set; }

    /// <summary>Reads an object whose class its <c>object</c> member decides; null if that is not known.</summary>
    /// <exception cref="JsonException">The text is not JSON or does not fit the class.</exception>
    public static IHasObject FromJson(string value) => EntityJson.Parse<IHasObject>(value);

    /// <inheritdoc cref="FromJson(string)"/>
    public static T FromJson<T>(string value)
        where T : IStripeEntity => EntityJson.Parse<T>(value);

    /// <summary>The modelled members as indented JSON; members without a property are not in it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GetType(), EntityJson.Indented);

    public override string ToString() =>
        $"<{GetType().FullName}@{RuntimeHelpers.GetHashCode(this)} id={(this as IHasId)?.Id}> JSON: {ToJson()}";

    internal void KeepSource(ReadOnlyMemory<byte> json) => source = json;

    /// <summary>A new id drops an expanded object that has another one.</summary>
    protected static ExpandableField<T> SetExpandableFieldId<T>(string id, ExpandableField<T> expandable)
        where T : IHasId
    {
        expandable ??= new ExpandableField<T>();
        if (expandable.Id != id)
        {
            expandable.ExpandedObject = default;
            expandable.Id = id;
        }

        return expandable;
    }

    protected static ExpandableField<T> SetExpandableFieldObject<T>(T obj, ExpandableField<T> expandable)
        where T : IHasId
    {
        expandable ??= new ExpandableField<T>();
        expandable.ExpandedObject = obj;
        return expandable;
    }
}

/// <inheritdoc cref="StripeEntity"/>
public abstract class StripeEntity<T> : StripeEntity
    where T : StripeEntity<T>
{
    /// <summary>Reads one entity of this class.</summary>
    /// <exception cref="JsonException">The text is not JSON or does not fit the class.</exception>
    public static new T FromJson(string value) => EntityJson.Parse<T>(value);
}

/// <summary>An object that this stand-in has no class for: little more than its id is read.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
internal sealed class UnmodelledObject : StripeEntity<UnmodelledObject>, IHasId, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
}
