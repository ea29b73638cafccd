using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>A customer on file at Stripe (<c>cus_…</c>). Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Customer : StripeEntity<Customer>, IHasId, IHasMetadata, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public Address Address { get; set; }
    public long Balance { get; set; }
    public string BusinessName { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;
    public string Currency { get; set; }
    public string CustomerAccount { get; set; }

    internal ExpandableField<UnmodelledObject> InternalDefaultSource { get; set; }

    [JsonIgnore]
    public string DefaultSourceId
    {
        get => InternalDefaultSource?.Id;
        set => InternalDefaultSource = SetExpandableFieldId(value, InternalDefaultSource);
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Deleted { get; set; }

    public bool? Delinquent { get; set; }
    public string Description { get; set; }
    public string Email { get; set; }
    public string IndividualName { get; set; }
    public Dictionary<string, long> InvoiceCreditBalance { get; set; }
    public string InvoicePrefix { get; set; }
    public bool Livemode { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string Name { get; set; }
    public long NextInvoiceSequence { get; set; }
    public string Phone { get; set; }
    public List<string> PreferredLocales { get; set; }
    public Shipping Shipping { get; set; }
    public string TaxExempt { get; set; }

    internal ExpandableField<UnmodelledObject> InternalTestClock { get; set; }

    [JsonIgnore]
    public string TestClockId
    {
        get => InternalTestClock?.Id;
        set => InternalTestClock = SetExpandableFieldId(value, InternalTestClock);
    }
}

/// <summary>A postal address; the country is an ISO 3166-1 alpha-2 code. Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Address : StripeEntity<Address>
{
    public string City { get; set; }
    public string Country { get; set; }
    public string Line1 { get; set; }
    public string Line2 { get; set; }
    public string PostalCode { get; set; }
    public string State { get; set; }
}

/// <summary>Where and how the goods are sent. Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Shipping : StripeEntity<Shipping>
{
    public Address Address { get; set; }
    public string Carrier { get; set; }
    public string Name { get; set; }
    public string Phone { get; set; }
    public string TrackingNumber { get; set; }
}
