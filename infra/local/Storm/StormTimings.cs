using System.Collections.Immutable;

namespace Shop.Local.Storm;

/// <summary>Notes how long each try takes; safe to use from anywhere.</summary>
public sealed class StormTimings
{
    /// <summary>What follows them in a path is the name of one of them.</summary>
    private static readonly string[] Collections = ["orders", "products", "stock", "shipments", "dead-letters"];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private int _answers;

    /// <summary>How many answers there were, for good or not, of the sandboxes' control API as well.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public int Retries
    {
        get
        {
            lock (_lock) return _kinds.Values.Sum(kind => kind.Refused + kind.Unanswered);
        }
    }

    public void Note(HttpMethod method, Uri url, TimeSpan took, bool isForGood)
    {
        Interlocked.Increment(ref _answers);
        Change(method, url, kind =>
        {
            if (isForGood) kind.Milliseconds.Add(took.TotalMilliseconds);
            else kind.Refused++;
        });
    }

    public void NoteUnanswered(HttpMethod method, Uri url) => Change(method, url, kind => kind.Unanswered++);

    public ImmutableArray<CallFigures> Figures()
    {
        lock (_lock)
        {
            return
            [
                .. _kinds.Select(kind =>
                {
                    var sorted = kind.Value.Milliseconds.Order().ToList();
                    return new CallFigures(
                        kind.Key, sorted.Count, Percentile(sorted, 0.5), Percentile(sorted, 0.95), Percentile(sorted, 0.99), kind.Value.Refused, kind.Value.Unanswered);
                }),
            ];
        }
    }

    /// <summary>The smallest value that at least this part of all values does not exceed; 0 where there are none.</summary>
    /// <param name="sorted">Ascending.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double part) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];

    /// <returns>Calls that differ in whom they are about only are of one kind; null for what is no call of a client's: control of the sandboxes and of the host.</returns>
    public static string? KindOf(HttpMethod method, Uri url)
    {
        var path = url.AbsolutePath.Trim('/').Split('/');
        if (path[0] is "sandbox" or "admin" or "token-for") return null;
        return path[0] == "api"
            ? $"{method} /{string.Join('/', path.Select((segment, place) => place > 0 && Collections.Contains(path[place - 1]) ? "{}" : segment))}"
            : $"{method} a payment page";
    }

    private void Change(HttpMethod method, Uri url, Action<Kind> change)
    {
        if (KindOf(method, url) is not { } name) return;
        lock (_lock)
        {
            if (!_kinds.TryGetValue(name, out var kind)) _kinds[name] = kind = new Kind();
            change(kind);
        }
    }

    private sealed class Kind
    {
        public List<double> Milliseconds { get; } = [];

        public int Refused { get; set; }

        public int Unanswered { get; set; }
    }
}
