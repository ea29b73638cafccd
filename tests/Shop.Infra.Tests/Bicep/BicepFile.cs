namespace Shop.Infra.Tests.Bicep;

/// <summary>A Bicep file taken apart into its declarations.</summary>
internal sealed class BicepFile
{
    private static readonly string[] Kinds = ["param", "var", "resource", "module", "output", "type"];

    private readonly List<BicepDeclaration> _all = [];

    private BicepFile(string path, IReadOnlyList<BicepToken> tokens)
    {
        Path = path;
        Tokens = tokens;
        Read(tokens, nested: false);
    }

    /// <summary>From the repository's root, with forward slashes.</summary>
    public string Path { get; }

    public IReadOnlyList<BicepToken> Tokens { get; }

    public IReadOnlyList<BicepDeclaration> All => _all;

    public IEnumerable<BicepDeclaration> Parameters => Of("param");

    public IEnumerable<BicepDeclaration> Resources => Of("resource");

    public IEnumerable<BicepDeclaration> Modules => Of("module");

    public static BicepFile Main => Open("infra/azure/main.bicep");

    public static BicepFile Module(string name) => Open($"infra/azure/modules/{name}.bicep");

    /// <exception cref="FormatException">The file is not Bicep.</exception>
    public static BicepFile Open(string path) => new(path, BicepLexer.Cut(RepositoryFiles.Read(path)));

    public static IReadOnlyList<BicepFile> OpenAll() =>
        [.. RepositoryFiles.Under("infra/azure").Where(path => path.EndsWith(".bicep", StringComparison.Ordinal)).Select(Open)];

    public IEnumerable<BicepDeclaration> Of(string kind) => _all.Where(declaration => declaration.Kind == kind);

    public BicepDeclaration Get(string kind, string name) => Of(kind).Single(declaration => declaration.Name == name);

    /// <returns>The tokens from <paramref name="start"/> to the end of the line or of the enclosing bracket.</returns>
    public static IReadOnlyList<BicepToken> Expression(IReadOnlyList<BicepToken> tokens, int start)
    {
        var depth = 0;
        var end = start;
        for (; end < tokens.Count; end++)
        {
            if (tokens[end].Kind == BicepTokenKind.NewLine && depth == 0) break;
            if (tokens[end].Kind != BicepTokenKind.Mark) continue;
            if (tokens[end].Text is "(" or "[" or "{") depth++;
            else if (tokens[end].Text is ")" or "]" or "}" && --depth < 0) break;
            else if (tokens[end].Text == "," && depth == 0) break;
        }

        return [.. tokens.Skip(start).Take(end - start)];
    }

    private void Read(IReadOnlyList<BicepToken> tokens, bool nested)
    {
        var decorators = new List<BicepToken>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i - 1].Kind != BicepTokenKind.NewLine) continue;
            if (tokens[i].Is("@"))
            {
                decorators.AddRange(Expression(tokens, i));
            }
            else if (IsDeclaration(tokens, i, nested))
            {
                // What is nested in it is read by itself.
                i = Add(tokens, i, [.. decorators]) - 1;
                decorators.Clear();
            }
            else if (tokens[i].Kind != BicepTokenKind.NewLine)
            {
                decorators.Clear();
            }
        }
    }

    // Inside a resource's body, "resource name 'type'" is a nested resource; anything else there is a property.
    private static bool IsDeclaration(IReadOnlyList<BicepToken> tokens, int i, bool nested) =>
        i + 2 < tokens.Count && tokens[i].Kind == BicepTokenKind.Word && tokens[i + 1].Kind == BicepTokenKind.Word
        && (nested ? tokens[i].Is("resource") : Kinds.Contains(tokens[i].Text));

    /// <returns>Where the declaration ends.</returns>
    private int Add(IReadOnlyList<BicepToken> tokens, int i, IReadOnlyList<BicepToken> decorators)
    {
        var rest = Expression(tokens, i + 2);
        var equals = rest.TakeWhile(token => !token.Is("=")).Count();
        var body = rest.Skip(equals + 1).ToArray();
        _all.Add(new(tokens[i].Text, tokens[i + 1].Text, [.. rest.Take(equals)], body, decorators, tokens[i].Line));
        if (tokens[i].Is("resource")) Read(body, nested: true);
        return i + 2 + rest.Count;
    }
}
