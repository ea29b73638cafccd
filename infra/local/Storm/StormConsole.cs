namespace Shop.Local.Storm;

/// <summary>What a storm says: lines, and how far it is, which in a terminal is one line that is written anew.</summary>
/// <param name="width">Of the terminal; null where there is none, and each is a line of its own.</param>
public sealed class StormConsole(TextWriter output, Func<int>? width)
{
    private readonly Lock _writing = new();
    private int _shown;

    public static StormConsole Own() => new(Console.Out, Console.IsOutputRedirected ? null : () => Console.WindowWidth);

    public void Print(string line)
    {
        lock (_writing)
        {
            Clear();
            output.WriteLine(line);
        }
    }

    public void Show(string progress)
    {
        lock (_writing)
        {
            if (width is null)
            {
                output.WriteLine(progress);
                return;
            }

            Clear();
            // A line that is as wide as the terminal would begin another one.
            var shown = progress[..Math.Min(progress.Length, Math.Max(width() - 1, 0))];
            output.Write(shown);
            _shown = shown.Length;
        }
    }

    private void Clear()
    {
        if (_shown > 0) output.Write($"\r{new string(' ', _shown)}\r");
        _shown = 0;
    }
}
