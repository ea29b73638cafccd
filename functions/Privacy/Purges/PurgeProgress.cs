using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Purges;

/// <summary>What a run has done since it last wrote it down.</summary>
public sealed record PurgeProgress(ImmutableArray<PurgeCount> Counts, string? FirstKey, string? LastKey)
{
    public static PurgeProgress Nothing { get; } = new([], null, null);

    public PurgeProgress And(IEnumerable<PurgeCount> counts) => this with { Counts = PurgeCount.Add(Counts, counts) };

    public PurgeProgress Over(string firstKey, string lastKey) => this with { FirstKey = FirstKey ?? firstKey, LastKey = lastKey };
}
