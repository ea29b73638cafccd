using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Shop.Functions.Orders;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Exports;

/// <summary>The pages of an export, to be read without a connection: no scripts, nothing from elsewhere, every value escaped.</summary>
public sealed class ExportPage(ExportContents contents)
{
    private const string Head = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430; }
        h2 { margin: 2.2rem 0 .4rem; font-size: 1.15rem; } table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #d8dee6; overflow-wrap: anywhere; }
        th { font-weight: 600; width: 14rem; } .why { color: #5b6675; width: 12rem; } td table { margin: 0; } td th { width: 9rem; font-weight: 400; color: #5b6675; }
        </style>
        """;

    private static readonly HtmlEncoder Escape = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The page of the account, part by part.</summary>
    public IEnumerable<string> Index()
    {
        yield return Title("Everything we hold about you");
        yield return $"""
            <p>As of {Text(contents.At)}, account {Html(contents.AccountId)}. Each value is shown as it is stored, with the kind of data it is;
            the last part says why we hold each kind and for how long. The same is in <a href="account.json">account.json</a> and in one file for each order.</p>
            <h2>Orders</h2>
            """;
        if (contents.Orders.IsEmpty) yield return "<p>None.</p>\n";
        foreach (var order in contents.Orders)
            yield return $"<p><a href=\"orders/{Html(order.Number)}.html\">{Html(order.Number)}</a>, placed {Text(order.PlacedAt)}</p>\n";

        foreach (var row in contents.Rows)
        {
            foreach (var part in Section(row)) yield return part;
        }

        foreach (var part in Reasons(contents.Rows.Select(row => row.Kind?.Subject).Append(Subject.Order).OfType<Subject>().Distinct())) yield return part;
        yield return "</body></html>\n";
    }

    /// <summary>The page of an order, part by part.</summary>
    public IEnumerable<string> OfOrder(PersonalRow order)
    {
        yield return Title($"Order {order.Text(nameof(OrderEntity.Number))}");
        yield return "<p><a href=\"../index.html\">Everything we hold about you</a></p>\n";
        foreach (var part in Section(order)) yield return part;
        foreach (var part in Reasons([Subject.Order])) yield return part;
        yield return "</body></html>\n";
    }

    /// <returns>The classes in words, for instance <c>delivery, order fiscal</c>.</returns>
    public static string Words(IEnumerable<DataClass> classes) =>
        string.Join(", ", classes.Select(dataClass => Spaced(dataClass.ToString()).ToLowerInvariant())) is { Length: > 0 } words ? words : "not classified";

    private static string Title(string text) => $"{Head}<title>{Html(text)}</title></head><body><h1>{Html(text)}</h1>\n";

    private static IEnumerable<string> Section(PersonalRow row)
    {
        yield return $"<h2>{Html(row.Place)} / {Html(row.Key)}</h2>\n<table>\n";
        foreach (var value in row.Values)
            yield return $"<tr><th>{Html(Spaced(value.Name))}</th><td>{Value(value.ToJson())}</td><td class=\"why\">{Html(Words(value.Classes))}</td></tr>\n";
        yield return "</table>\n";
    }

    private IEnumerable<string> Reasons(IEnumerable<Subject> subjects)
    {
        yield return "<h2>Why, and for how long</h2>\n<table>\n";
        foreach (var rule in contents.Policy.Rules.Where(rule => rule.Subject is { } about && subjects.Contains(about)))
        {
            var period = rule.Period is null ? "" : $" {rule.Period}";
            yield return $"""
                <tr><th>{Html(Words(rule.Classes))}</th><td>{Html(Sentence(rule.Purpose))} {Html(rule.Law ?? "")}</td>
                <td class="why">{Html(Spaced(rule.Action.ToString()))}:{Html(period)} from: {Html(rule.Clock)}{Html(rule.When is null ? "" : $" ({rule.When})")}</td></tr>

                """;
        }

        yield return "</table>\n";
    }

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    private static string Value(JsonNode? node)
    {
        switch (node)
        {
            case null: return "";
            case JsonObject members:
                return Table(members.Select(member => (Spaced(member.Key), member.Value)));
            case JsonArray items:
                return Table(items.Select((item, index) => ((index + 1).ToString(CultureInfo.InvariantCulture), item)));
            case JsonValue value when value.TryGetValue<DateTimeOffset>(out var time) && !value.TryGetValue<string>(out _): return Text(time);
            default: return Html(node.ToString());
        }
    }

    private static string Table(IEnumerable<(string Name, JsonNode? Value)> rows)
    {
        var table = new StringBuilder("<table>");
        foreach (var (name, value) in rows) table.Append(CultureInfo.InvariantCulture, $"<tr><th>{Html(name)}</th><td>{Value(value)}</td></tr>");
        return table.Append("</table>").ToString();
    }

    private static string Text(DateTimeOffset time) => Html(time.UtcDateTime.ToString("d MMMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " UTC");

    private static string Html(string text) => Escape.Encode(text);

    /// <summary><c>DeliveryAddress</c> reads better as <c>Delivery address</c>.</summary>
    private static string Spaced(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (words.Length == 0) words.Append(char.ToUpperInvariant(letter));
            else if (char.IsUpper(letter) && !char.IsUpper(words[^1])) words.Append(' ').Append(char.ToLowerInvariant(letter));
            else words.Append(letter);
        }

        return words.ToString();
    }
}
