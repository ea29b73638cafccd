namespace Shop.Local.PayPal;

/// <summary>What the buyer does on PayPal's page.</summary>
public enum BuyerChoice
{
    /// <summary>Approves, and pays from a balance.</summary>
    Approves,

    /// <summary>Approves with a card that will be declined when the shop captures.</summary>
    ApprovesWithDeclinedCard,

    /// <summary>Approves with a bank transfer that takes days: the capture will be pending, and then completed.</summary>
    ApprovesWithECheck,

    /// <summary>The same with a transfer that never arrives: the capture will be denied.</summary>
    ApprovesWithBouncingECheck,
}
