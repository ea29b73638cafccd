namespace Shop.Local.Stripe;

/// <summary>What a buyer's bank begins.</summary>
public enum DisputeKind
{
    Chargeback,

    /// <summary>A question; no money is taken.</summary>
    Inquiry,

    /// <summary>Stripe stops it before it becomes a chargeback.</summary>
    Block,

    /// <summary>A rule at Stripe pays the buyer, so that it does not become one.</summary>
    Resolution,
}
