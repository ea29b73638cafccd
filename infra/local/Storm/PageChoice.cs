namespace Shop.Local.Storm;

/// <summary>What a customer does on a payment page.</summary>
public enum PageChoice
{
    Pay,

    /// <summary>By a bank transfer that takes its time.</summary>
    PayLater,

    /// <summary>With a card that is declined.</summary>
    PayInVain,

    TurnBack,
}
