namespace Shop.Local.PayPal;

/// <summary>How the buyer pays.</summary>
internal enum Funding
{
    /// <summary>Money that is there at once.</summary>
    Balance,

    /// <summary>A bank transfer that takes days.</summary>
    ECheck,

    /// <summary>A bank transfer that never arrives.</summary>
    BouncingECheck,

    /// <summary>A card that the bank turns down.</summary>
    DeclinedCard,
}
