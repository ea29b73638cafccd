namespace Shop.Functions.Benchmarks;

/// <summary>A figure that was aimed at, and whether it was reached.</summary>
internal sealed record Goal(string What, bool IsMet);
