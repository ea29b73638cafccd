using System.Collections.Immutable;

namespace Shop.Local.Storm;

/// <summary>What has happened so far, counted by all who take part; safe to use from anywhere.</summary>
public sealed class StormTally
{
    private readonly Lock _lock = new();
    private readonly List<string> _violations = [];
    private ImmutableSortedDictionary<StormFault, int> _faults = ImmutableSortedDictionary<StormFault, int>.Empty;
    private readonly List<PlannedOrder> _planned = [];
    private int _done;

    /// <summary>The orders that customers have begun with.</summary>
    public ImmutableArray<PlannedOrder> Planned
    {
        get
        {
            lock (_lock) return [.. _planned];
        }
    }

    public int Begun
    {
        get
        {
            lock (_lock) return _planned.Count;
        }
    }

    /// <summary>Orders about which customers and staff have done all that was planned.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>How often each great fault was there.</summary>
    public ImmutableSortedDictionary<StormFault, int> Faults => Volatile.Read(ref _faults);

    /// <summary>Answers as they never should be.</summary>
    public ImmutableArray<string> Violations
    {
        get
        {
            lock (_lock) return [.. _violations];
        }
    }

    public void Begin(PlannedOrder order)
    {
        lock (_lock) _planned.Add(order);
    }

    public void End() => Interlocked.Increment(ref _done);

    public void Bring(StormFault fault)
    {
        lock (_lock) _faults = _faults.SetItem(fault, _faults.GetValueOrDefault(fault) + 1);
    }

    public void Violate(string what)
    {
        lock (_lock) _violations.Add(what);
    }
}
