using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Policy;

/// <summary>A company that processes personal data on the shop's behalf.</summary>
/// <param name="PrivacyPolicy">Where it publishes what it does with data.</param>
/// <param name="Disclosures">What it gets, by purpose.</param>
public sealed record Processor(string Name, string? PrivacyPolicy, ImmutableArray<Disclosure> Disclosures);
