namespace Shop.Functions.Payments.PayPal;

/// <summary>What is to be done about a capture that was refused.</summary>
public enum RefusedCapture
{
    /// <summary>It is not known here: the same as any other refusal.</summary>
    Unknown,

    /// <summary>The order is not as it was thought to be: it was captured already, or is being captured right now.</summary>
    ReconcileAgain,

    /// <summary>The customer may go back to the page and choose another way to pay.</summary>
    CustomerMustAct,

    /// <summary>No money will come of this order; another one is needed.</summary>
    Never,
}
