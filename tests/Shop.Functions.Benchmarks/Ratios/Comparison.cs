namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>The same work done two ways: by the app, and by a bare loop that makes the same storage calls.</summary>
internal abstract class Comparison
{
    public abstract string Name { get; }

    /// <summary>Its name in the table.</summary>
    public string Title => Distance > TimeSpan.Zero ? $"{Name}, storage as far as in Azure" : Name;

    /// <summary>The app's rate over the floor's; null where the ratio is only told.</summary>
    public abstract double? Goal { get; }

    /// <summary>How many operations make a round: few, so that no queue gets long.</summary>
    public abstract int PerRound { get; }

    /// <summary>How much longer than the emulator takes each call to storage is to take, on both sides.</summary>
    public TimeSpan Distance { get; init; }

    /// <summary>Puts into storage what every round needs.</summary>
    public abstract Task SetUpAsync(MeasuredShop shop);

    /// <summary>Untimed: makes everything ready for one round of the app.</summary>
    public abstract Task PrepareAppAsync(int operations);

    /// <summary>Untimed: the same for the floor.</summary>
    public abstract Task PrepareFloorAsync(int operations);

    public abstract Task RunAppAsync(int operations, int inFlight);

    public abstract Task RunFloorAsync(int operations, int inFlight);

    /// <summary>Untimed: empties the queues after a round.</summary>
    public abstract Task CleanAsync();

    /// <summary>Runs operations 0, 1, … with as many workers as may be in flight.</summary>
    protected static Task WorkAsync(int operations, int inFlight, Func<int, int, Task> operation)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, inFlight).Select(worker => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var index && index < operations) await operation(worker, index);
        })));
    }
}
