using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>A JSON object of a request, read member by member; what is missing or of another kind is refused with its path.</summary>
internal sealed class Body
{
    private readonly JsonObject _json;
    private readonly string _path;

    private Body(JsonObject json, string path) => (_json, _path) = (json, path);

    /// <summary>An empty body is an empty object.</summary>
    /// <exception cref="ApiError">It is not a JSON object.</exception>
    public static Body Parse(string text)
    {
        if (text.Length == 0)
            return new Body([], "");
        try
        {
            if (JsonNode.Parse(text) is JsonObject json)
                return new Body(json, "");
        }
        catch (JsonException)
        {
            // The same answer as for JSON that is no object.
        }

        throw ApiError.Invalid("MALFORMED_REQUEST_JSON", "The request JSON is not well formed.");
    }

    public bool Has(string name) => _json[name] is not null;

    public JsonObject Copy() => (JsonObject)_json.DeepClone();

    public Body Required(string name) => Object(name) ?? throw Missing(name);

    public Body? Object(string name) => _json[name] switch
    {
        null => null,
        JsonObject json => new Body(json, PathOf(name)),
        _ => throw Syntax(name),
    };

    public IReadOnlyList<Body> List(string name) => _json[name] switch
    {
        null => [],
        JsonArray items => [.. items.Select((item, index) => item is JsonObject json ? new Body(json, $"{PathOf(name)}/{index}") : throw Syntax(name))],
        _ => throw Syntax(name),
    };

    public string RequiredText(string name, int longest) => Text(name, longest) ?? throw Missing(name);

    public string? Text(string name, int longest)
    {
        if (_json[name] is not { } node)
            return null;
        if (node.GetValueKind() != JsonValueKind.String)
            throw Syntax(name);
        var text = node.GetValue<string>();
        return text.Length >= 1 && text.Length <= longest
            ? text
            : throw ApiError.Invalid("INVALID_STRING_LENGTH", "The value of a field is either too short or too long.", PathOf(name), text);
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        if (Text(name, 255) is not { } text)
            return null;
        return allowed.Contains(text)
            ? text
            : throw ApiError.Invalid("INVALID_PARAMETER_VALUE", "The value of a field is invalid.", PathOf(name), text);
    }

    /// <summary>An amount in this currency; in the first one that is met when <paramref name="currency"/> is null.</summary>
    public decimal Amount(ref string? currency)
    {
        var code = RequiredText("currency_code", 3);
        var value = RequiredText("value", 32);
        if (!Amounts.IsKnown(code))
            throw ApiError.Unprocessable("INVALID_CURRENCY_CODE", "Currency code is invalid or is not currently supported.", PathOf("currency_code"), code);
        if (Amounts.Read(value) is not { } amount)
            throw Syntax("value");
        if (!Amounts.Fits(value, code))
        {
            throw Amounts.Decimals(code) == 0
                ? ApiError.Unprocessable("DECIMALS_NOT_SUPPORTED", "Currency does not support decimals.", PathOf("value"), value)
                : ApiError.Unprocessable("DECIMAL_PRECISION", "If the currency supports decimals, only two decimal place precision is supported.", PathOf("value"), value);
        }

        currency ??= code;
        return code == currency
            ? amount
            : throw ApiError.Unprocessable("MULTI_CURRENCY_ORDER", "Multiple differing values of currency_code are not supported.", PathOf("currency_code"), code);
    }

    public string PathOf(string name) => $"{_path}/{name}";

    public ApiError Missing(string name) =>
        ApiError.Invalid("MISSING_REQUIRED_PARAMETER", "A required field is missing.", PathOf(name));

    public ApiError Syntax(string name) =>
        ApiError.Invalid("INVALID_PARAMETER_SYNTAX", "The value of a field does not conform to the expected format.", PathOf(name), _json[name]?.ToString());
}
