using System.Runtime.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace PaypalServerSdk.Standard;

/// <summary>Where the calls go. There is no third choice, and no setting for another host.</summary>
[JsonConverter(typeof(StringEnumConverter))]
public enum Environment
{
    [EnumMember(Value = "Production")]
    Production,

    [EnumMember(Value = "Sandbox")]
    Sandbox,
}

public enum Server
{
    Default,
}
