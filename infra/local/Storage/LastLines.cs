namespace Shop.Local.Storage;

/// <summary>The last lines that a process wrote, for the error message when it fails.</summary>
internal sealed class LastLines
{
    private const int Kept = 30;

    private readonly Queue<string> _lines = new();

    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_lines)
        {
            _lines.Enqueue(line.Trim());
            if (_lines.Count > Kept) _lines.Dequeue();
        }
    }

    public string[] ToArray()
    {
        lock (_lines) return [.. _lines];
    }
}
