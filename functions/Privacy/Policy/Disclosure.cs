using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Policy;

/// <summary>What a processor gets, and what for.</summary>
/// <param name="Source">Where it comes from: accounts and orders come from the shop alone.</param>
public sealed record Disclosure(string Purpose, ImmutableArray<DataClass> DataClasses, DisclosureSource Source);
