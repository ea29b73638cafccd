using System.Globalization;
using System.Net;

namespace Shop.Local.Stripe;

/// <summary>
/// Request parameters as Stripe reads them: form encoding with brackets (<c>a[0][b]=c</c>, <c>a[]=c</c>) as a tree. It remembers
/// what was read, so that a parameter nobody knows is refused as the real API refuses it.
/// </summary>
internal sealed class Parameter(string name)
{
    private const int MaximumDepth = 8;
    private const int MaximumTextLength = 5000;

    private readonly OrderedDictionary<string, Parameter> _children = [];
    private readonly HashSet<string> _read = [];
    private string? _value;

    public string Name => name;

    public bool IsEmpty => _children.Count == 0;

    public static Parameter Parse(string encoded)
    {
        var root = new Parameter("");
        foreach (var pair in encoded.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var key = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            var path = key.Split('[');
            if (path.Length > MaximumDepth || path.Skip(1).Any(part => !part.EndsWith(']')))
                throw ApiError.Invalid($"The parameter name '{key}' is malformed.", key);
            root.Place([path[0], .. path.Skip(1).Select(part => part[..^1])], equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]));
        }

        return root;
    }

    /// <summary>A text, null when absent. Stripe takes an empty one for an attempt to unset, which only some parameters allow.</summary>
    public string? Text(string key, int maximum = MaximumTextLength)
    {
        if (Child(key) is not { } child)
            return null;
        if (child._value is null)
            throw ApiError.Invalid($"'{child.Name}' must be a string.", child.Name);
        if (child._value.Length == 0)
            throw ApiError.Invalid($"'{child.Name}' cannot be empty.", child.Name, "parameter_invalid_empty");
        if (child._value.Length > maximum)
            throw ApiError.Invalid($"'{child.Name}' can have at most {maximum} characters.", child.Name, "parameter_invalid_string");
        return child._value;
    }

    public string RequiredText(string key, int maximum = MaximumTextLength) => Text(key, maximum) ?? throw MissingParameter(key);

    public long? Integer(string key)
    {
        if (Text(key) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiError.Invalid($"Invalid integer: {text}", NameOf(key), "parameter_invalid_integer");
    }

    public long NonNegative(string key) => (Integer(key) ?? throw MissingParameter(key)) is var number && number >= 0
        ? number
        : throw ApiError.Invalid($"'{NameOf(key)}' must not be negative.", NameOf(key), "parameter_invalid_integer");

    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw ApiError.Invalid($"Invalid boolean: {other}", NameOf(key)),
    };

    public string? OneOf(string key, params ReadOnlySpan<string> allowed)
    {
        if (Text(key) is not { } text)
            return null;
        return allowed.Contains(text)
            ? text
            : throw ApiError.Invalid($"Invalid {NameOf(key)}: must be one of {string.Join(", ", allowed!)}", NameOf(key));
    }

    public Parameter? Object(string key) => Child(key);

    public IReadOnlyCollection<Parameter> List(string key)
    {
        if (Child(key) is not { } list)
            return [];
        list._read.UnionWith(list._children.Keys);
        return list._children.Values;
    }

    public List<string> Texts(string key)
    {
        var list = Child(key);
        return list is null ? [] : [.. list._children.Keys.Select(index => list.RequiredText(index))];
    }

    /// <summary>At most 50 pairs, keys up to 40 and values up to 500 characters; an empty value removes its key.</summary>
    public void Metadata(string key, IDictionary<string, string> target)
    {
        var metadata = Child(key);
        if (metadata?._value is { Length: 0 } && metadata.IsEmpty)
            target.Clear();
        foreach (var (field, entry) in metadata?._children ?? [])
        {
            metadata!._read.Add(field);
            if (entry._value is null)
                throw ApiError.Invalid($"'{entry.Name}' must be a string.", entry.Name);
            if (field.Length > 40)
                throw ApiError.Invalid("Metadata keys can have at most 40 characters.", entry.Name);
            if (entry._value.Length > 500)
                throw ApiError.Invalid("Metadata values can have at most 500 characters.", entry.Name);
            if (entry._value.Length == 0)
                target.Remove(field);
            else
                target[field] = entry._value;
        }

        if (target.Count > 50)
            throw ApiError.Invalid("Metadata can have at most 50 keys.", NameOf(key));
    }

    /// <summary>Known to the API and without effect here.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            Child(key)?.IgnoreAll();
    }

    /// <summary>Known to the API, with an effect that this sandbox does not have.</summary>
    public void Unsupported(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Child(key) is { } child)
                throw ApiError.Unsupported(child.Name);
        }
    }

    public void RefuseUnknown()
    {
        foreach (var (key, child) in _children)
        {
            if (!_read.Contains(key))
                throw ApiError.Invalid($"Received unknown parameter: {child.Name}", child.Name, "parameter_unknown");
            child.RefuseUnknown();
        }
    }

    public ApiError MissingParameter(string key) =>
        ApiError.Invalid($"Missing required param: {NameOf(key)}.", NameOf(key), "parameter_missing");

    public string NameOf(string key) => name.Length == 0 ? key : $"{name}[{key}]";

    private Parameter? Child(string key)
    {
        _read.Add(key);
        return _children.GetValueOrDefault(key);
    }

    private void IgnoreAll()
    {
        foreach (var (key, child) in _children)
        {
            _read.Add(key);
            child.IgnoreAll();
        }
    }

    private bool HasValueAt(ReadOnlySpan<string> path) => path.IsEmpty
        ? _value is not null
        : _children.TryGetValue(path[0], out var child) && child.HasValueAt(path[1..]);

    private void Place(ReadOnlySpan<string> path, string value)
    {
        var key = path[0];
        if (key.Length == 0)
        {
            // a[][b]=1&a[][c]=2 fills one element; a field that it already has begins the next.
            var last = _children.Count - 1;
            var startsNext = last < 0 || path.Length == 1 || _children.GetAt(last).Value.HasValueAt(path[1..]);
            key = (startsNext ? last + 1 : last).ToString(CultureInfo.InvariantCulture);
        }

        if (!_children.TryGetValue(key, out var child))
            _children[key] = child = new Parameter(NameOf(key));
        if (path.Length == 1)
            child._value = value;
        else
            child.Place(path[1..], value);
    }
}
