using System.Runtime.Serialization;
using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>Why no token was given out. Unlike the other enums it has nothing for a value added later.</summary>
[JsonConverter(typeof(WireEnumConverter))]
public enum OAuthProviderError
{
    [EnumMember(Value = "invalid_request")]
    InvalidRequest,

    [EnumMember(Value = "invalid_client")]
    InvalidClient,

    [EnumMember(Value = "invalid_grant")]
    InvalidGrant,

    [EnumMember(Value = "unauthorized_client")]
    UnauthorizedClient,

    [EnumMember(Value = "unsupported_grant_type")]
    UnsupportedGrantType,

    [EnumMember(Value = "invalid_scope")]
    InvalidScope,
}
