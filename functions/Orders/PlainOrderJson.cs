using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shop.Functions.Orders;

/// <summary>The same with letters as they are: names of places would otherwise take six characters for each letter that is not English.</summary>
internal static class PlainOrderJson
{
    public static OrderJson Context { get; } = new(
        new JsonSerializerOptions(OrderJson.Default.Options) { TypeInfoResolver = null, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
