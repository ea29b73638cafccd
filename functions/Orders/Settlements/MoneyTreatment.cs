namespace Shop.Functions.Orders.Settlements;

/// <summary>What follows from a case.</summary>
public enum MoneyTreatment
{
    /// <summary>Nothing beyond what the status says.</summary>
    None,

    /// <summary>It pays the order.</summary>
    Pays,

    /// <summary>It is sent back by itself.</summary>
    GoesBack,

    /// <summary>Nothing ships until a person has decided.</summary>
    NeedsPerson,

    /// <summary>A person is asked, and nothing is held for that.</summary>
    AsksPerson,

    /// <summary>Nothing ships until it is over.</summary>
    HoldsGoods,

    /// <summary>It counts as returned.</summary>
    Loss,
}
