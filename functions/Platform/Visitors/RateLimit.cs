namespace Shop.Functions.Platform.Visitors;

/// <summary>
/// How often something may happen for a key within a time, counted in this instance's memory only: nothing about visitors is
/// stored, and as many instances as there are allow that many times more. What it must hold back is a flood.
/// </summary>
/// <param name="most">For one key, within the time.</param>
public sealed class RateLimit(int most, TimeSpan within, TimeProvider clock)
{
    /// <summary>Memory is bounded: with more keys than this at once the count begins again, rather than to turn away whoever comes next.</summary>
    public const int MostKeys = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private DateTimeOffset _ends;

    public TimeSpan Within => within;

    /// <returns>False when the key has had its share: nothing is counted then.</returns>
    public bool TryTake(string key)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now >= _ends || (_counts.Count >= MostKeys && !_counts.ContainsKey(key)))
            {
                _counts.Clear();
                _ends = now + within;
            }

            var count = _counts.GetValueOrDefault(key);
            if (count >= most) return false;
            _counts[key] = count + 1;
            return true;
        }
    }

    /// <summary>It came to nothing, and does not count.</summary>
    public void GiveBack(string key)
    {
        lock (_lock)
        {
            if (_counts.TryGetValue(key, out var count)) _counts[key] = Math.Max(0, count - 1);
        }
    }
}
