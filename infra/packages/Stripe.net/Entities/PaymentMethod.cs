using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>A means of payment (<c>pm_…</c>); only cards are modelled beyond <see cref="Type"/>.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class PaymentMethod : StripeEntity<PaymentMethod>, IHasId, IHasMetadata, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public string AllowRedisplay { get; set; }
    public PaymentMethodBillingDetails BillingDetails { get; set; }
    public PaymentMethodCard Card { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;

    internal ExpandableField<Customer> InternalCustomer { get; set; }

    [JsonIgnore]
    public string CustomerId
    {
        get => InternalCustomer?.Id;
        set => InternalCustomer = SetExpandableFieldId(value, InternalCustomer);
    }

    [JsonIgnore]
    public Customer Customer
    {
        get => InternalCustomer?.ExpandedObject;
        set => InternalCustomer = SetExpandableFieldObject(value, InternalCustomer);
    }

    public string CustomerAccount { get; set; }
    public bool Livemode { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string Type { get; set; }
}

/// <summary>Who is billed for a payment method. Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class PaymentMethodBillingDetails : StripeEntity<PaymentMethodBillingDetails>
{
    public Address Address { get; set; }
    public string Email { get; set; }
    public string Name { get; set; }
    public string Phone { get; set; }
    public string TaxId { get; set; }
}

/// <summary>A card, without its number.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class PaymentMethodCard : StripeEntity<PaymentMethodCard>
{
    public string Brand { get; set; }
    public string Country { get; set; }
    public string Description { get; set; }
    public string DisplayBrand { get; set; }
    public long ExpMonth { get; set; }
    public long ExpYear { get; set; }
    public string Fingerprint { get; set; }
    public string Funding { get; set; }
    public string Iin { get; set; }
    public string Issuer { get; set; }
    public string Last4 { get; set; }
    public string RegulatedStatus { get; set; }
}
