namespace Shop.Functions.Orders.Settlements;

public enum FactKind
{
    Capture,
    Refund,
    Dispute,
}
