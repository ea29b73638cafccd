using System.Text;

namespace Shop.Infra.Tests.Bicep;

/// <summary>Cuts Bicep into tokens. A string or comment that does not end, or a bracket without its partner, is an error.</summary>
internal sealed class BicepLexer(string source, int line = 1)
{
    private static readonly string[] Marks = ["::", "=>", "==", "!=", "=~", "!~", "<=", ">=", "&&", "||", "??", ".?", "[?"];

    private readonly List<BicepToken> _tokens = [];
    private readonly Stack<char> _open = [];
    private int _at;
    private int _line = line;

    /// <exception cref="FormatException">The text is not Bicep.</exception>
    public static IReadOnlyList<BicepToken> Cut(string source) => new BicepLexer(source).Run(insideText: false);

    private IReadOnlyList<BicepToken> Run(bool insideText)
    {
        while (_at < source.Length)
        {
            var c = source[_at];
            if (insideText && c == '}' && _open.Count == 0) return _tokens;
            if (c == '\n') Add(BicepTokenKind.NewLine, "\n", 1);
            else if (char.IsWhiteSpace(c)) _at++;
            else if (StartsWith("//")) _at = source.IndexOf('\n', _at) is var end and >= 0 ? end : source.Length;
            else if (StartsWith("/*")) Skip(source.IndexOf("*/", _at + 2, StringComparison.Ordinal) + 2);
            else if (StartsWith("'''")) MultiLineText();
            else if (c == '\'') Text();
            else if (char.IsAsciiLetter(c) || c == '_') Add(BicepTokenKind.Word, Word(), 0);
            else if (char.IsAsciiDigit(c)) Add(BicepTokenKind.Number, Word(), 0);
            else Mark(c);
        }

        if (insideText) throw Error("a ${ without its }");
        return _open.Count == 0 ? _tokens : throw Error($"a {_open.Peek()} without its partner");
    }

    private void Mark(char c)
    {
        if (c is '(' or '[' or '{') _open.Push(c);
        if (c is ')' or ']' or '}' && (!_open.TryPop(out var opened) || opened != (c == ')' ? '(' : c == ']' ? '[' : '{'))) throw Error($"a {c} too many");
        if (!"()[]{}.,:?=!<>+-*/%@|".Contains(c, StringComparison.Ordinal)) throw Error($"an unexpected {c}");
        var mark = Array.Find(Marks, StartsWith) is { } two && two[0] is not '[' ? two : c.ToString();
        Add(BicepTokenKind.Mark, mark, mark.Length);
    }

    private void MultiLineText()
    {
        var end = source.IndexOf("'''", _at + 3, StringComparison.Ordinal);
        if (end < 0) throw Error("a ''' without its partner");
        var text = source[(_at + 3)..end];
        _tokens.Add(new(BicepTokenKind.Text, text, _line, []));
        Skip(end + 3);
    }

    private void Text()
    {
        var text = new StringBuilder();
        var holes = new List<IReadOnlyList<BicepToken>>();
        for (_at++; ; _at++)
        {
            if (_at >= source.Length || source[_at] == '\n') throw Error("a ' without its partner");
            if (source[_at] == '\'') break;
            if (source[_at] == '\\' && _at + 1 < source.Length)
            {
                if (!"\\'nrtu$".Contains(source[_at + 1], StringComparison.Ordinal)) throw Error($"an unknown escape \\{source[_at + 1]}");
                text.Append(source[++_at]);
            }
            else if (StartsWith("${"))
            {
                var inner = new BicepLexer(source, _line) { _at = _at + 2 };
                holes.Add(inner.Run(insideText: true));
                text.Append(source, _at, inner._at + 1 - _at);
                _at = inner._at;
            }
            else
            {
                text.Append(source[_at]);
            }
        }

        _tokens.Add(new(BicepTokenKind.Text, text.ToString(), _line, holes));
        _at++;
    }

    private string Word()
    {
        var start = _at;
        while (_at < source.Length && (char.IsAsciiLetterOrDigit(source[_at]) || source[_at] == '_')) _at++;
        return source[start.._at];
    }

    private void Add(BicepTokenKind kind, string text, int length)
    {
        _tokens.Add(new(kind, text, _line, []));
        if (kind == BicepTokenKind.NewLine) _line++;
        _at += length;
    }

    private void Skip(int to)
    {
        if (to < _at) throw Error("a comment without its end");
        _line += source.AsSpan(_at, to - _at).Count('\n');
        _at = to;
    }

    private bool StartsWith(string text) => string.CompareOrdinal(source, _at, text, 0, text.Length) == 0;

    private FormatException Error(string what) => new($"Line {_line}: {what}.");
}
