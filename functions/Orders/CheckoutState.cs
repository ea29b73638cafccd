namespace Shop.Functions.Orders;

/// <summary>In the order in which it moves: a later state wins over an earlier one, whichever is heard of first.</summary>
public enum CheckoutState
{
    /// <summary>Stored here; the provider may or may not know of it.</summary>
    Starting,

    /// <summary>The customer can pay.</summary>
    Open,

    /// <summary>The customer has agreed to pay, and nothing has moved yet: the money comes when this shop asks for it.</summary>
    Approved,

    /// <summary>Over without payment.</summary>
    Expired,

    /// <summary>The customer has paid or promised to; the ledger says which.</summary>
    Completed,
}
