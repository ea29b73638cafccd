namespace Shop.Functions.Orders.Refunds;

/// <summary>What of a line of the order a refund is for.</summary>
/// <param name="Line">Which line: 0 for the order's first.</param>
/// <param name="Gross">What so much of it costs with VAT, in minor units; frozen, so that what is refunded of a line in parts comes to its price.</param>
public sealed record RefundLine(int Line, int Quantity, long Gross);
