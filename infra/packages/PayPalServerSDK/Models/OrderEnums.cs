using System.Runtime.Serialization;
using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

[JsonConverter(typeof(UnknownEnumConverter))]
public enum CheckoutPaymentIntent
{
    [EnumMember(Value = "CAPTURE")]
    Capture,

    [EnumMember(Value = "AUTHORIZE")]
    Authorize,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum OrderStatus
{
    [EnumMember(Value = "CREATED")]
    Created,

    [EnumMember(Value = "SAVED")]
    Saved,

    [EnumMember(Value = "APPROVED")]
    Approved,

    [EnumMember(Value = "VOIDED")]
    Voided,

    [EnumMember(Value = "COMPLETED")]
    Completed,

    [EnumMember(Value = "PAYER_ACTION_REQUIRED")]
    PayerActionRequired,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum ItemCategory
{
    [EnumMember(Value = "DIGITAL_GOODS")]
    DigitalGoods,

    [EnumMember(Value = "PHYSICAL_GOODS")]
    PhysicalGoods,

    [EnumMember(Value = "DONATION")]
    Donation,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum PaypalExperienceUserAction
{
    [EnumMember(Value = "CONTINUE")]
    Continue,

    [EnumMember(Value = "PAY_NOW")]
    PayNow,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum PaypalExperienceLandingPage
{
    [EnumMember(Value = "LOGIN")]
    Login,

    [EnumMember(Value = "GUEST_CHECKOUT")]
    GuestCheckout,

    [EnumMember(Value = "NO_PREFERENCE")]
    NoPreference,

    [EnumMember(Value = "BILLING")]
    Billing,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum PaypalWalletContextShippingPreference
{
    [EnumMember(Value = "GET_FROM_FILE")]
    GetFromFile,

    [EnumMember(Value = "NO_SHIPPING")]
    NoShipping,

    [EnumMember(Value = "SET_PROVIDED_ADDRESS")]
    SetProvidedAddress,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum PayeePaymentMethodPreference
{
    [EnumMember(Value = "UNRESTRICTED")]
    Unrestricted,

    [EnumMember(Value = "IMMEDIATE_PAYMENT_REQUIRED")]
    ImmediatePaymentRequired,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum PaypalWalletAccountVerificationStatus
{
    [EnumMember(Value = "VERIFIED")]
    Verified,

    [EnumMember(Value = "UNVERIFIED")]
    Unverified,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum LinkHttpMethod
{
    [EnumMember(Value = "GET")]
    Get,

    [EnumMember(Value = "POST")]
    Post,

    [EnumMember(Value = "PUT")]
    Put,

    [EnumMember(Value = "DELETE")]
    Delete,

    [EnumMember(Value = "HEAD")]
    Head,

    [EnumMember(Value = "CONNECT")]
    Connect,

    [EnumMember(Value = "OPTIONS")]
    Options,

    [EnumMember(Value = "PATCH")]
    Patch,

    _Unknown,
}
