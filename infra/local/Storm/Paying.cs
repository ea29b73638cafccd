namespace Shop.Local.Storm;

/// <summary>What the customer does about paying.</summary>
public enum Paying
{
    Pays,

    /// <summary>Pays, and never comes back to the storefront.</summary>
    PaysAndGoesAway,

    /// <summary>By a bank transfer that takes its time.</summary>
    PaysLater,

    /// <summary>The first try is declined, the second is not.</summary>
    DeclinedFirst,

    /// <summary>Leaves the page, comes back to it, pays.</summary>
    TurnsBackFirst,

    /// <summary>Has a page open at each provider and pays on both.</summary>
    WithBoth,

    /// <summary>Cancels the order while the page is open, and then tries to pay all the same.</summary>
    CancelsAtThePage,

    /// <summary>Opens the page and never pays.</summary>
    Abandons,
}
