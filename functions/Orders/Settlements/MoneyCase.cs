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

    /// <summary>… a part of it. Its own case: who accepts that has not accepted that the rest goes as well.</summary>
    ReversedInPart,
    ReversedWithoutHarm,

    /// <summary>… or a part of it, and a dispute was won for as much: this shop may have it again.</summary>
    ReversalUndone,

    /// <summary>More has been refunded, reversed or lost to disputes than came.</summary>
    ReturnedTooMuch,
    RefundKeepsFailing,

    /// <summary>A question, for which no money was taken.</summary>
    Inquiry,
    DisputeOpen,
    DisputeWon,

    /// <summary>Nothing is left of the payment.</summary>
    DisputeLost,

    /// <summary>Something is left of it.</summary>
    DisputeLostInPart,

    /// <summary>A fact has no room in the ledger, or a refund that is owed would have none.</summary>
    LedgerFull,

    /// <summary>A parcel has come back, and the refund that fits has not gone back and is not promised.</summary>
    RefundOffered,

    /// <summary>A parcel could not be handed over, nothing has been heard of it for a week, and its price has not gone back.</summary>
    NotDelivered,
}
