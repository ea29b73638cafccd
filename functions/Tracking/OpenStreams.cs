using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tracking;

/// <summary>
/// The streams that are open on this instance. Each takes one of the requests that an instance answers at once for as long as it
/// lasts, so neither one account nor all together may have so many that nobody else is served.
/// </summary>
public sealed class OpenStreams
{
    /// <summary>Of one account: more pages of orders than anybody looks at.</summary>
    public const int MostOfAccount = 4;

    /// <summary>Of all accounts: half of the requests that an instance answers at once (<c>perInstanceConcurrency</c> in app.bicep).</summary>
    public const int Most = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _all;

    // Both are 429, although nobody is to blame for the second: a shop with many visitors is no failure of a server that wakes somebody.
    private static Problem TooManyOfAccount { get; } =
        new(429, "too-many", "So many streams of yours are open. Close one, or poll the tracking.") { RetryAfter = StreamTracking.Longest };

    private static Problem TooManyOfAll { get; } =
        new(429, "too-many", "So many streams are open. Poll the tracking.") { RetryAfter = StreamTracking.Longest };

    /// <returns>A place, to be disposed once the answer has ended, whichever way; else the problem to answer with.</returns>
    public (IDisposable? Place, Problem? Refused) Take(string accountId)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(accountId);
            if (count >= MostOfAccount) return (null, TooManyOfAccount);
            if (_all >= Most) return (null, TooManyOfAll);
            _counts[accountId] = count + 1;
            _all++;
            return (new Place(this, accountId), null);
        }
    }

    private void GiveBack(string accountId)
    {
        lock (_lock)
        {
            _all--;
            if (--_counts[accountId] == 0) _counts.Remove(accountId);
        }
    }

    private sealed class Place(OpenStreams streams, string accountId) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0) streams.GiveBack(accountId);
        }
    }
}
