namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>A storage call without its ids: what kind it is, and how many bytes of body were sent.</summary>
internal sealed record StorageCall(string Kind, long Bytes);
