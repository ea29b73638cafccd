namespace Shop.Functions.Platform.RateLimiting;

/// <summary>A span of a <see cref="RateRule"/>: counts begin again at its end.</summary>
public readonly record struct RateSpan(DateTimeOffset Start, DateTimeOffset End);
