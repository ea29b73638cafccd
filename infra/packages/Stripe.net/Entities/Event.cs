using System.Text.Json.Serialization;
using Newtonsoft.Json.Linq;
using Stripe.Json;

namespace Stripe;

/// <summary>Something that happened in the account (<c>evt_…</c>), at most 30 days ago when listed.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Event : StripeEntity<Event>, IHasId, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public string Account { get; set; }
    public string ApiVersion { get; set; }
    public string Context { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;
    public EventData Data { get; set; }
    public bool Livemode { get; set; }
    public long PendingWebhooks { get; set; }
    public EventRequest Request { get; set; }
    public string Type { get; set; }
}

/// <summary>The API call that caused an event; ids are null when no call did. API versions before 2017-05-25 sent only the id.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class EventRequest : StripeEntity<EventRequest>, IHasId
{
    public string Id { get; set; }
    public string IdempotencyKey { get; set; }
}

/// <summary>The object an event is about, as it was at that moment, and for updates what it was before.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class EventData : StripeEntity<EventData>
{
    private ReadOnlyMemory<byte> rawObjectJson;
    private ReadOnlyMemory<byte> previousAttributesJson;
    private object rawObject;
    private object previousAttributes;

    /// <summary>The object, or null if its kind is not known; <see cref="RawObject"/> has it all the same.</summary>
    public IHasObject Object { get; set; }

    /// <summary>Newtonsoft's token of the members that changed, with their former values.</summary>
    [JsonIgnore]
    public dynamic PreviousAttributes
    {
        get => previousAttributes ??= Token(previousAttributesJson);
        set
        {
            previousAttributes = value;
            previousAttributesJson = default;
        }
    }

    /// <summary>Newtonsoft's token of the object as sent.</summary>
    [JsonIgnore]
    public dynamic RawObject
    {
        get => rawObject ??= Token(rawObjectJson);
        set
        {
            rawObject = value;
            rawObjectJson = default;
        }
    }

    internal void KeepRaw(ReadOnlyMemory<byte> objectJson, ReadOnlyMemory<byte> previousJson)
    {
        rawObjectJson = objectJson;
        previousAttributesJson = previousJson;
    }

    private static JToken Token(ReadOnlyMemory<byte> json) =>
        json.IsEmpty ? null : JToken.Parse(System.Text.Encoding.UTF8.GetString(json.Span));
}
