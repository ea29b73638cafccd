namespace Shop.Functions.Orders.Shipments;

/// <summary>What of a line of the order is in a parcel.</summary>
/// <param name="Line">Which line: 0 for the order's first. Lines never change, and this is shorter than a SKU.</param>
public sealed record ShipmentLine(int Line, int Quantity);
