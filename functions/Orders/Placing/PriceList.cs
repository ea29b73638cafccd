using Shop.Functions.Catalogue;

namespace Shop.Functions.Orders.Placing;

/// <summary>What an order costs follows from this: the products of the moment, the tax of each country, the delivery to it.</summary>
public sealed record PriceList(ProductList Products, VatOptions Vat, DeliveryOptions Delivery);
