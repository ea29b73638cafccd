namespace Shop.Infra.Tests.Bicep;

internal enum BicepTokenKind
{
    Word,
    Number,
    Text,
    Mark,
    NewLine,
}

/// <summary>The smallest part of a Bicep file.</summary>
/// <param name="Text">A text without its quotes and with its <c>${…}</c> as they stand; anything else as written.</param>
/// <param name="Holes">The expressions inside a text's <c>${…}</c>.</param>
internal sealed record BicepToken(BicepTokenKind Kind, string Text, int Line, IReadOnlyList<IReadOnlyList<BicepToken>> Holes)
{
    public bool IsText => Kind == BicepTokenKind.Text;

    public bool Is(string text) => Kind is BicepTokenKind.Word or BicepTokenKind.Mark && Text == text;
}
