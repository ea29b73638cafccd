using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>Enums by their wire names; what PayPal has added since reads as <c>_Unknown</c>, which cannot be sent.</summary>
internal sealed class UnknownEnumConverter : WireEnumConverter
{
    private const string Unknown = "_Unknown";

    public override object ReadJson(JsonReader reader, Type objectType, object existingValue, JsonSerializer serializer)
    {
        try
        {
            return base.ReadJson(reader, objectType, existingValue, serializer);
        }
        catch (JsonSerializationException)
        {
            return Enum.Parse(Nullable.GetUnderlyingType(objectType) ?? objectType, Unknown);
        }
    }

    public override void WriteJson(JsonWriter writer, object value, JsonSerializer serializer)
    {
        if (value?.ToString() == Unknown)
        {
            throw new JsonSerializationException($"{value.GetType().FullName}.{Unknown} stands for no value that could be sent.");
        }

        base.WriteJson(writer, value, serializer);
    }
}
