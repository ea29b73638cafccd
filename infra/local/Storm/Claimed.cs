namespace Shop.Local.Storm;

/// <summary>What the shop says of an order.</summary>
public sealed record Claimed(string Payment, bool Cancelled, long Received, long Refunded, long Withdrawn)
{
    public string Fulfilment { get; init; } = "unfulfilled";
}
