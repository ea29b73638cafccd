namespace Shop.Functions.Privacy.Purges;

/// <summary>The ends of the chain: up to where reports have fallen due and gone, and where it stands now.</summary>
public sealed record ChainEnds(int PrunedThrough, string PrunedHash, int Last, string LastHash);
