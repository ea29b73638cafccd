using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>An erasure that is done.</summary>
/// <param name="Reference">What its record is called.</param>
public sealed record Erasure(string Reference, DateTimeOffset ConfirmedAt, ImmutableArray<KeptOrder> Kept);
