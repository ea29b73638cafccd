using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>Who pays.</summary>
public class Payer
{
    [JsonProperty("email_address", NullValueHandling = NullValueHandling.Ignore)]
    public string EmailAddress { get; set; }

    [JsonProperty("payer_id", NullValueHandling = NullValueHandling.Ignore)]
    public string PayerId { get; set; }

    [JsonProperty("name", NullValueHandling = NullValueHandling.Ignore)]
    public Name Name { get; set; }

    [JsonProperty("birth_date", NullValueHandling = NullValueHandling.Ignore)]
    public string BirthDate { get; set; }

    [JsonProperty("address", NullValueHandling = NullValueHandling.Ignore)]
    public Address Address { get; set; }
}

/// <summary>Who is paid.</summary>
public class PayeeBase
{
    [JsonProperty("email_address", NullValueHandling = NullValueHandling.Ignore)]
    public string EmailAddress { get; set; }

    [JsonProperty("merchant_id", NullValueHandling = NullValueHandling.Ignore)]
    public string MerchantId { get; set; }
}

/// <summary>A person's name.</summary>
public class Name
{
    [JsonProperty("given_name", NullValueHandling = NullValueHandling.Ignore)]
    public string GivenName { get; set; }

    [JsonProperty("surname", NullValueHandling = NullValueHandling.Ignore)]
    public string Surname { get; set; }
}

/// <summary>Where to send it.</summary>
public class ShippingDetails
{
    [JsonProperty("name", NullValueHandling = NullValueHandling.Ignore)]
    public ShippingName Name { get; set; }

    [JsonProperty("email_address", NullValueHandling = NullValueHandling.Ignore)]
    public string EmailAddress { get; set; }

    [JsonProperty("address", NullValueHandling = NullValueHandling.Ignore)]
    public Address Address { get; set; }
}

/// <summary>The name on the parcel.</summary>
public class ShippingName
{
    [JsonProperty("full_name", NullValueHandling = NullValueHandling.Ignore)]
    public string FullName { get; set; }
}

/// <summary>A postal address.</summary>
public class Address
{
    [JsonProperty("address_line_1", NullValueHandling = NullValueHandling.Ignore)]
    public string AddressLine1 { get; set; }

    [JsonProperty("address_line_2", NullValueHandling = NullValueHandling.Ignore)]
    public string AddressLine2 { get; set; }

    [JsonProperty("admin_area_2", NullValueHandling = NullValueHandling.Ignore)]
    public string AdminArea2 { get; set; }

    [JsonProperty("admin_area_1", NullValueHandling = NullValueHandling.Ignore)]
    public string AdminArea1 { get; set; }

    [JsonProperty("postal_code", NullValueHandling = NullValueHandling.Ignore)]
    public string PostalCode { get; set; }

    [JsonProperty("country_code")]
    public string CountryCode { get; set; }
}
