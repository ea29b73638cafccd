namespace Shop.Functions.Benchmarks;

internal static class Medians
{
    /// <returns>The middle one; of an even number the upper of both.</returns>
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
