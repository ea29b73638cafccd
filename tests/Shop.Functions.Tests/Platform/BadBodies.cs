using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Functions.Tests.Platform;

/// <summary>Every kind of wrong body, made from a right one.</summary>
internal static class BadBodies
{
    /// <param name="Path">Where it is: <c>lines/0/sku</c>.</param>
    /// <param name="Required">Whether it may be missing, null or blank.</param>
    /// <param name="Longest">In characters.</param>
    public sealed record Text(string Path, bool Required, int Longest);

    /// <summary>Bodies that are wrong whatever was asked for.</summary>
    public static IEnumerable<(string What, byte[] Body)> OfAnyKind(string right)
    {
        yield return ("nothing", []);
        yield return ("blanks", " \r\n"u8.ToArray());
        yield return ("null", "null"u8.ToArray());
        yield return ("array", "[]"u8.ToArray());
        yield return ("array of the right thing", Utf8($"[{right}]"));
        yield return ("string", "\"text\""u8.ToArray());
        yield return ("number", "1"u8.ToArray());
        yield return ("true", "true"u8.ToArray());
        yield return ("nothing in it", "{}"u8.ToArray());
        yield return ("cut off", Utf8(right[..^1]));
        yield return ("something after it", Utf8(right + "{}"));
        yield return ("comment", Utf8(right + "/* */"));
        yield return ("comma too many", Utf8(right[..^1] + ",}"));
        yield return ("single quotes", Utf8(right.Replace('"', '\'')));
        yield return ("UTF-16", Encoding.Unicode.GetBytes(right));
        yield return ("zero byte", Utf8(right + "\0"));
        yield return ("no UTF-8 in a value", [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        yield return ("no UTF-8 in a name", [.. "{\""u8, 0xFF, .. "\":1}"u8]);
        yield return ("half a surrogate pair", "{\"name\":\"\\ud800\"}"u8.ToArray());
        yield return ("deep arrays", Utf8($$"""{"name":{{new string('[', 5_000)}}{{new string(']', 5_000)}}}"""));
        yield return ("deep objects", Utf8(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000)));
        yield return ("another case", Utf8(right.Replace("\"name\"", "\"Name\"", StringComparison.Ordinal).Replace("\"provider\"", "\"Provider\"", StringComparison.Ordinal).Replace("\"email\"", "\"Email\"", StringComparison.Ordinal).Replace("\"outcome\"", "\"Outcome\"", StringComparison.Ordinal)
            .Replace("\"reason\"", "\"Reason\"", StringComparison.Ordinal).Replace("\"carrier\"", "\"Carrier\"", StringComparison.Ordinal).Replace("\"eventId\"", "\"EventId\"", StringComparison.Ordinal)));
        yield return ("prototype", Utf8(right[..^1] + ",\"__proto__\":{}}"));
    }

    /// <summary>The right body with one text in it spoilt.</summary>
    public static IEnumerable<(string What, byte[] Body)> Of(string right, Text text)
    {
        foreach (var json in new[] { "5", "true", "{}", "[]", "[\"a\"]" }) yield return ($"{text.Path} {json}", With(right, text.Path, JsonNode.Parse(json)));
        yield return ($"{text.Path} too long", With(right, text.Path, new string('x', text.Longest + 1)));
        // The last one shows what follows it from right to left.
        foreach (var control in new[] { "\u0000", "\n", "\t", "\u007f", "\u0085", "\u202e" }) yield return ($"{text.Path} control {(int)control[0]}", With(right, text.Path, $"GB{control}"));
        yield return ($"{text.Path} twice", Twice(right, text.Path));
        if (!text.Required) yield break;
        yield return ($"{text.Path} null", With(right, text.Path, null));
        yield return ($"{text.Path} empty", With(right, text.Path, ""));
        yield return ($"{text.Path} blank", With(right, text.Path, "   "));
        // A zero-width space, a joiner, an accent on nothing and a filler of Hangul.
        yield return ($"{text.Path} invisible", With(right, text.Path, "\u200b\u2060\u0301\u3164"));
        yield return ($"{text.Path} missing", Without(right, text.Path));
    }

    public static byte[] With(string right, string path, JsonNode? value)
    {
        var (root, parent, last) = Find(right, path);
        if (parent is JsonArray array) array[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
        else parent[last] = value;
        return Utf8(root.ToJsonString());
    }

    public static byte[] Without(string right, string path)
    {
        var (root, parent, last) = Find(right, path);
        parent.AsObject().Remove(last);
        return Utf8(root.ToJsonString());
    }

    public static byte[] Twice(string right, string path)
    {
        var (_, parent, last) = Find(right, path);
        var member = $"\"{last}\":{parent[last]!.ToJsonString()}";
        right.ShouldContain(member);
        return Utf8(right.Replace(member, $"{member},{member}", StringComparison.Ordinal));
    }

    private static (JsonNode Root, JsonNode Parent, string Last) Find(string right, string path)
    {
        var root = JsonNode.Parse(right)!;
        var steps = path.Split('/');
        var parent = root;
        foreach (var step in steps[..^1]) parent = int.TryParse(step, out var index) ? parent[index]! : parent[step]!;
        return (root, parent, steps[^1]);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
