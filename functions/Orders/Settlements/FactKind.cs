namespace Shop.Functions.Orders.Settlements;

public enum FactKind
{
    Capture,
    Refund,

    /// <summary>The provider has taken a capture back, or a part of it, without being asked to.</summary>
    Reversal,
    Dispute,
}
