namespace Stripe;

/// <summary>Where and how the goods are sent. Personal data.</summary>
public class ChargeShippingOptions : INestedOptions
{
    public AddressOptions Address { get; set; }
    public string Carrier { get; set; }
    public string Name { get; set; }
    public string Phone { get; set; }
    public string TrackingNumber { get; set; }
}

/// <summary>A postal address; the country is an ISO 3166-1 alpha-2 code. Personal data.</summary>
public class AddressOptions : INestedOptions
{
    public string City { get; set; }
    public string Country { get; set; }
    public string Line1 { get; set; }
    public string Line2 { get; set; }
    public string PostalCode { get; set; }
    public string State { get; set; }
}
