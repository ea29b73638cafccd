using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stripe.Forms;

/// <summary>
/// Turns options into what Stripe reads: <c>line_items[0][price_data][currency]=gbp</c>. Arrays are indexed, brackets stay
/// literal, a space is <c>+</c>, times are Unix seconds; an empty list, and null in a tracked property, is an empty value.
/// </summary>
internal static class FormEncoder
{
    private static readonly ConcurrentDictionary<Type, (string Key, PropertyInfo Property)[]> Fields = new();

    /// <summary>The body of a POST. Without options it is empty but still has its content type.</summary>
    public static HttpContent Content(BaseOptions options)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Query(options)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8");
        return content;
    }

    /// <summary>The same for a query string, without the question mark.</summary>
    public static string Query(BaseOptions options)
    {
        var text = new StringBuilder();
        if (options is not null)
        {
            AddOptions(text, "", options);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string key, object value)
    {
        switch (value)
        {
            case null:
                AddPair(text, key, "");
                break;
            case IAnyOf anyOf:
                if (anyOf.Value is not null)
                {
                    Add(text, key, anyOf.Value);
                }

                break;
            case INestedOptions options:
                AddOptions(text, key, options);
                break;
            case IDictionary map:
                AddMap(text, key, map);
                break;
            case string s:
                AddPair(text, key, s);
                break;
            case IEnumerable list:
                AddList(text, key, list);
                break;
            default:
                AddPair(text, key, Scalar(value));
                break;
        }
    }

    private static string Scalar(object value) => value switch
    {
        // DateTimeOffset takes a time of unspecified kind as local; callers pass UTC.
        DateTime time => ((DateTimeOffset)time).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        Enum choice => choice.GetType().GetField(choice.ToString())?.GetCustomAttribute<EnumMemberAttribute>()?.Value
            ?? choice.ToString(),
        _ => string.Format(CultureInfo.InvariantCulture, "{0}", value),
    };

    private static void AddOptions(StringBuilder text, string prefix, INestedOptions options)
    {
        foreach (var (key, property) in Fields.GetOrAdd(options.GetType(), Describe))
        {
            var value = property.GetValue(options);
            if (key is null)
            {
                AddMap(text, prefix, (IDictionary)value);
            }
            else if (value is not null || (options is IHasSetTracking tracking && tracking.IsPropertySet(property.Name)))
            {
                Add(text, Nest(prefix, key), value);
            }
        }
    }

    private static void AddMap(StringBuilder text, string prefix, IDictionary map)
    {
        foreach (DictionaryEntry entry in map ?? new Hashtable())
        {
            Add(text, Nest(prefix, string.Format(CultureInfo.InvariantCulture, "{0}", entry.Key)), entry.Value);
        }
    }

    private static void AddList(StringBuilder text, string key, IEnumerable list)
    {
        var before = text.Length;
        var index = 0;
        foreach (var item in list)
        {
            Add(text, $"{key}[{index++}]", item);
        }

        if (text.Length == before)
        {
            AddPair(text, key, "");
        }
    }

    private static void AddPair(StringBuilder text, string key, string value) =>
        text.Append(text.Length == 0 ? "" : "&").Append(Escape(key)).Append('=').Append(Escape(value));

    private static string Escape(string value) =>
        WebUtility.UrlEncode(value).Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal);

    /// <summary>Inside <c>a</c>, <c>b</c> becomes <c>a[b]</c> and <c>b[c]</c> becomes <c>a[b][c]</c>.</summary>
    private static string Nest(string prefix, string key)
    {
        if (string.IsNullOrEmpty(prefix))
        {
            return key;
        }

        var bracket = key.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? $"{prefix}[{key}]" : $"{prefix}[{key[..bracket]}]{key[bracket..]}";
    }

    private static (string Key, PropertyInfo Property)[] Describe(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Select(p => (p.GetCustomAttribute<JsonExtensionDataAttribute>() is null ? KeyOf(p) : null, p)),
    ];

    private static string KeyOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}
