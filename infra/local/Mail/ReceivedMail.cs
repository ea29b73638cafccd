using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Shop.Local.Mail;

/// <summary>A mail that came to the sink.</summary>
/// <param name="From">The sender's address in the envelope.</param>
/// <param name="To">The recipients' addresses in the envelope.</param>
/// <param name="Headers">By name, undecoded; where one is there twice, the last.</param>
/// <param name="Text">The body, decoded.</param>
/// <param name="Raw">As it was sent.</param>
public sealed partial record ReceivedMail(
    string From, IReadOnlyList<string> To, IReadOnlyDictionary<string, string> Headers, string Text, string Raw)
{
    public DateTimeOffset At { get; init; }

    public string Subject => EncodedWord().Replace(Headers.GetValueOrDefault("Subject") ?? "", word => Encoding.UTF8.GetString(
        word.Groups["kind"].Value is "B" or "b"
            ? Convert.FromBase64String(word.Groups["text"].Value)
            : FromQuotedPrintable(word.Groups["text"].Value.Replace('_', ' '))));

    public static ReceivedMail Parse(string from, IReadOnlyList<string> to, string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, body) = end < 0 ? (raw, "") : (raw[..end], raw[(end + 4)..]);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Folding().Replace(head, " ").Split("\r\n"))
        {
            if (line.IndexOf(':') is > 0 and var colon) headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var bytes = headers.GetValueOrDefault("Content-Transfer-Encoding")?.ToLowerInvariant() switch
        {
            "base64" => Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal)),
            "quoted-printable" => FromQuotedPrintable(body.Replace("=\r\n", "", StringComparison.Ordinal)),
            _ => Encoding.Latin1.GetBytes(body),
        };
        return new(from, to, headers, Encoding.UTF8.GetString(bytes), raw);
    }

    private static byte[] FromQuotedPrintable(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var escaped))
            {
                bytes.Add(escaped);
                i += 2;
            }
            else bytes.Add((byte)text[i]);
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"=\?utf-8\?(?<kind>[BbQq])\?(?<text>[^?]*)\?=\s*", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folding();
}
