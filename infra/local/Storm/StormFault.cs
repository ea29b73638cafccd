namespace Shop.Local.Storm;

/// <summary>The great faults: what they take away is away for everybody.</summary>
public enum StormFault
{
    /// <summary><c>kill -9</c> of the shop: host, app, sandboxes, sign-in and mail server.</summary>
    ShopKilled,

    /// <summary><c>kill -9</c> of the deployed app's own process; the host lives on and starts it again.</summary>
    AppKilled,

    /// <summary>Storage goes away and comes back with what it had acknowledged.</summary>
    StorageRestarted,

    /// <summary>One payment provider answers nobody and tells nothing for a while.</summary>
    ProviderAway,

    /// <summary>The clock of shop, storage and sandboxes is hours ahead all at once.</summary>
    ClockMoved,
}
