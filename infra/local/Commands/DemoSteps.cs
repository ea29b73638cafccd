namespace Shop.Local.Commands;

/// <summary>The numbered steps of a demo, over all of its parts.</summary>
internal sealed class DemoSteps(Action<string> print)
{
    private int _taken;

    public void Step(string text) => print($"\n{++_taken}. {text}");

    /// <summary>Something that belongs to the step before.</summary>
    public void Line(string text) => print(text);
}
