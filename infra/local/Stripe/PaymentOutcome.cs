namespace Shop.Local.Stripe;

/// <summary>What the buyer does on the payment page.</summary>
public enum PaymentOutcome
{
    /// <summary>A card that is charged at once.</summary>
    Succeeds,

    /// <summary>A card that is declined; the session stays open and another try may follow.</summary>
    Declined,

    /// <summary>A bank debit that is accepted now and paid later.</summary>
    SucceedsLater,

    /// <summary>A bank debit that is accepted now and bounces later.</summary>
    FailsLater,
}
