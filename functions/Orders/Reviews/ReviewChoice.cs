namespace Shop.Functions.Orders.Reviews;

/// <summary>What a person can decide.</summary>
public enum ReviewChoice
{
    /// <summary>The money is right as it is: where payment was in doubt, the order counts as paid.</summary>
    Accept,

    /// <summary>Everything goes back and the order is cancelled; refunds that failed are tried again.</summary>
    Refund,

    /// <summary>Nothing more is done about it: what is lost is lost.</summary>
    WriteOff,
}
