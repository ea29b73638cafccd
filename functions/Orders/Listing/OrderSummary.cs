using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Listing;

/// <summary>What a list of orders shows of one.</summary>
public sealed record OrderSummary(
    string Id, string Number, DateTimeOffset PlacedAt, Money Gross, PaymentStatus Payment, FulfilmentStatus Fulfilment, bool Cancelled);
