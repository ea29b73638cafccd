namespace Shop.Functions.Orders.Settlements;

/// <summary>What can be the case with money: the rows of the decision table.</summary>
public enum MoneyCase
{
    OnItsWay,
    Denied,
    WholeTotal,
    AcceptedByPerson,

    /// <summary>By the same provider or another one.</summary>
    SecondPayment,

    /// <summary>After the order was cancelled or given up.</summary>
    PaidAfterEnd,
    TooLittle,
    TooMuch,
    OtherCurrency,

    /// <summary>Money that did not fit and has wholly gone back: as if it had never come.</summary>
    OddButReturned,

    /// <summary>The provider took the money back.</summary>
    Reversed,
    ReversedWithoutHarm,

    /// <summary>More has been refunded or lost to disputes than came.</summary>
    ReturnedTooMuch,
    RefundKeepsFailing,
    DisputeOpen,
    DisputeWon,
    DisputeLost,
}
