using Newtonsoft.Json.Converters;

namespace PaypalServerSdk.Standard.Models;

/// <summary>Enums by their wire names, never by number.</summary>
internal class WireEnumConverter() : StringEnumConverter(namingStrategy: null, allowIntegerValues: false);
