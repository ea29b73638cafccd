namespace Shop.Local.Sandboxes;

/// <summary>How a bank, or the provider, ends a dispute.</summary>
public enum DisputeOutcome
{
    /// <summary>For the shop: the money comes back.</summary>
    Won,

    /// <summary>For the buyer: the money is gone.</summary>
    Lost,
}
