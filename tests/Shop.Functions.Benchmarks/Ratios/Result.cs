namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>What one comparison gave with so many operations in flight.</summary>
/// <param name="AppRate">Operations a second, the median of the rounds.</param>
/// <param name="Ratio">The median over the rounds of each round's ratio; its quartiles say how far to trust it.</param>
/// <param name="AppCpu">This process's processor time for one operation, the caller included.</param>
/// <param name="AppBytes">What this process allocates for one operation.</param>
internal sealed record Result(
    string Name, double? Goal, int InFlight, double AppRate, double FloorRate, double Ratio, double LowerQuartile, double UpperQuartile,
    TimeSpan AppCpu, TimeSpan FloorCpu, double AppBytes, double FloorBytes, string Calls);
