namespace Shop.Infra.Tests.Bicep;

/// <summary>A <c>param</c>, <c>var</c>, <c>resource</c>, <c>module</c> or <c>output</c>, nested resources included.</summary>
/// <param name="Type">What stands between the name and the <c>=</c>: a type, or the text of a resource's type or a module's path.</param>
/// <param name="Body">What follows the <c>=</c>; empty when there is none.</param>
internal sealed record BicepDeclaration(
    string Kind, string Name, IReadOnlyList<BicepToken> Type, IReadOnlyList<BicepToken> Body, IReadOnlyList<BicepToken> Decorators, int Line)
{
    /// <summary>A resource's type and version, or a module's path.</summary>
    public string TypeText => Type.FirstOrDefault(token => token.Kind == BicepTokenKind.Text)?.Text ?? "";

    /// <summary>Every text in the body.</summary>
    public IEnumerable<string> Texts => Body.Where(token => token.IsText).Select(token => token.Text);

    public bool IsExisting => Type.Any(token => token.Is("existing"));

    public bool HasDecorator(string name) => Decorators.Where((token, i) => token.Is(name) && i > 0 && Decorators[i - 1].Is("@")).Any();

    /// <returns>The text given to a decorator such as <c>@description('…')</c>; null when it is missing.</returns>
    public string? DecoratorText(string name) =>
        HasDecorator(name) ? Decorators.SkipWhile(token => !token.Is(name)).FirstOrDefault(token => token.Kind == BicepTokenKind.Text)?.Text : null;

    /// <returns>The tokens of a property's value, looked for at any depth of the body; null when there is no such property.</returns>
    public IReadOnlyList<BicepToken>? Property(string name)
    {
        for (var i = 0; i + 1 < Body.Count; i++)
        {
            if (Body[i].Is(name) && Body[i + 1].Is(":")) return BicepFile.Expression(Body, i + 2);
        }

        return null;
    }

    /// <returns>The property's value as it would be written on one line; null when there is no such property.</returns>
    public string? Written(string name)
    {
        if (Property(name) is not { } tokens) return null;
        return string.Concat(tokens.Where(token => token.Kind != BicepTokenKind.NewLine).Select(token => token.IsText ? $"'{token.Text}'" : token.Text));
    }
}
