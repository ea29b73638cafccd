namespace Shop.Functions.Orders.Settlements;

/// <summary>
/// The statuses of all kinds, each kind's in the order in which they move. The status of a capture or a refund never
/// goes back: a capture that completed cannot become pending again because an older event arrives late.
/// </summary>
public enum FactStatus
{
    /// <summary>Capture, refund: on its way.</summary>
    Pending,

    /// <summary>Capture: it will not come. Money that came after all counts more, so this ranks below completed.</summary>
    Denied,

    /// <summary>Capture: the money is there. Reversal: it is gone.</summary>
    Completed,

    /// <summary>Capture: the provider took all of it back, and that is all it says; one that tells the amount is a reversal beside the capture.</summary>
    Reversed,

    /// <summary>Refund: the money went back.</summary>
    Succeeded,

    /// <summary>Refund: it did not go back; this can follow success.</summary>
    Failed,

    /// <summary>Dispute: there is a question about the money, and nobody has taken any. A refund answers it best.</summary>
    Inquiry,

    /// <summary>Dispute: the customer's bank asks for the money.</summary>
    Open,

    /// <summary>Dispute: the money stays.</summary>
    Won,

    /// <summary>Dispute: the money is gone.</summary>
    Lost,
}
