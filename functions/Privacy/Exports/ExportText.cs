using System.Text.Encodings.Web;
using System.Text.Unicode;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Exports;

/// <summary>How things read in a copy: amounts as money, codes as words, every value escaped. Pure.</summary>
public static class ExportText
{
    private const string Head = """
        <!doctype html>
        <html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <style>
        body { font: 16px/1.6 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; color: #1c2430; background: #f6f7f9; }
        h1 { margin: 0 0 .25rem; font-size: 1.9rem; line-height: 1.2; } h2 { margin: 0 0 .6rem; font-size: 1.2rem; }
        .lead { color: #5b6675; margin: 0 0 1.5rem; } section { background: #fff; border: 1px solid #e1e5eb; border-radius: .6rem; padding: 1.1rem 1.3rem; margin: 1.1rem 0; }
        p { margin: .4rem 0; } a { color: #0b57a4; } ul { margin: .3rem 0; padding-left: 1.2rem; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-top: 1px solid #e8ebf0; overflow-wrap: anywhere; }
        tr:first-child > th, tr:first-child > td { border-top: 0; } th { font-weight: 600; } .label th { width: 11rem; font-weight: 400; color: #5b6675; }
        .sum { text-align: right; white-space: nowrap; } .total td { font-weight: 600; } .note { color: #5b6675; }
        @media print { body { background: #fff; padding: 0; } section { break-inside: avoid; } }
        </style>
        """;

    private static readonly HtmlEncoder Escape = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Html(string text) => Escape.Encode(text);

    public static string Title(string text) => $"{Head}<title>{Html(text)}</title></head><body><h1>{Html(text)}</h1>\n";

    /// <param name="minor">Minor units.</param>
    /// <returns>Nothing where something of it is missing.</returns>
    public static string Money(long? minor, string? currency) => minor is { } amount && currency is not null ? Html(Currencies.ToText(new(amount, currency))) : "";

    /// <inheritdoc cref="PolicyWords.Of" />
    public static string Words(string code) => PolicyWords.Of(code);

    /// <returns>The classes in words, for instance <c>delivery, order fiscal</c>.</returns>
    public static string Words(IEnumerable<DataClass> classes) =>
        string.Join(", ", classes.Select(dataClass => Words(dataClass.ToString()))) is { Length: > 0 } words ? words : "not classified";

    public static string Sentence(string text) => text.Length == 0 ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    /// <returns>A row of a table of labels; nothing where there is nothing to say.</returns>
    public static string Row(string label, string? html) => string.IsNullOrEmpty(html) ? "" : $"<tr><th>{label}</th><td>{html}</td></tr>\n";

    public static string Section(string title, string body) => $"<section><h2>{Html(title)}</h2>\n{body}</section>\n";

    /// <summary>The lines of an address, of those that are there.</summary>
    public static string Lines(params IEnumerable<string?> lines) => string.Join("<br>", lines.Where(line => !string.IsNullOrEmpty(line)).Select(line => Html(line!)));
}
