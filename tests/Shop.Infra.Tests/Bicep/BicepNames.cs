namespace Shop.Infra.Tests.Bicep;

/// <summary>Finds the names that an expression uses, and those among them that nothing declares.</summary>
internal static class BicepNames
{
    /// <summary>The functions and words of the language that these files use; a name that is missing here is one to think about.</summary>
    private static readonly HashSet<string> Language =
    [
        "concat", "contains", "empty", "guid", "int", "items", "json", "bool", "length", "map", "range", "readEnvironmentVariable", "split",
        "resourceGroup", "subscription", "subscriptionResourceId", "tenant", "toLower", "toObject", "union", "uniqueString",
        "true", "false", "null", "if", "for", "in",
    ];

    public static IReadOnlyList<BicepToken> Unknown(BicepFile file)
    {
        HashSet<string> known = [.. Language, .. file.All.Where(declaration => declaration.Kind != "output").Select(declaration => declaration.Name)];
        var used = file.All.Where(declaration => declaration.Kind != "param").SelectMany(declaration => Used(declaration.Body));
        return [.. used.Where(token => !known.Contains(token.Text))];
    }

    /// <returns>Every word in the tokens that stands for a value: no property names, no members, no loop variables.</returns>
    public static IEnumerable<BicepToken> Used(IReadOnlyList<BicepToken> tokens)
    {
        var locals = Locals(tokens).ToHashSet(StringComparer.Ordinal);
        return Words(tokens).Where(token => !locals.Contains(token.Text));
    }

    private static IEnumerable<BicepToken> Words(IReadOnlyList<BicepToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            foreach (var inner in tokens[i].Holes.SelectMany(Words)) yield return inner;
            if (tokens[i].Kind != BicepTokenKind.Word || IsMember(tokens, i) || IsKey(tokens, i)) continue;
            if (tokens[i].Is("resource") && i + 2 < tokens.Count && tokens[i + 2].Kind == BicepTokenKind.Text)
            {
                i += 2;
                if (i + 1 < tokens.Count && tokens[i + 1].Is("existing")) i++;
                continue;
            }

            if (i > 0 && tokens[i - 1].Is("@")) continue;
            yield return tokens[i];
        }
    }

    private static bool IsMember(IReadOnlyList<BicepToken> tokens, int i) => i > 0 && tokens[i - 1] is { Kind: BicepTokenKind.Mark, Text: "." or ".?" or "::" };

    // "b" in "a ? b : c" is followed by a colon too, but nothing that begins a property comes before it.
    private static bool IsKey(IReadOnlyList<BicepToken> tokens, int i) =>
        i + 1 < tokens.Count && tokens[i + 1].Is(":")
        && (i == 0 || tokens[i - 1] is { Kind: BicepTokenKind.NewLine } or { Kind: BicepTokenKind.Mark, Text: "{" or "," });

    private static IEnumerable<string> Locals(IReadOnlyList<BicepToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            // for x in …, for (x, i) in …, x => …
            if (tokens[i].Is("for"))
            {
                var names = tokens.Skip(i + 1).TakeWhile(token => !token.Is("in")).Where(token => token.Kind == BicepTokenKind.Word);
                foreach (var name in names) yield return name.Text;
            }
            else if (i + 1 < tokens.Count && tokens[i].Kind == BicepTokenKind.Word && tokens[i + 1].Is("=>"))
            {
                yield return tokens[i].Text;
            }
        }
    }
}
