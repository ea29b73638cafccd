using System.Text.Json.Serialization;
using Shop.Functions.Catalogue;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders;

/// <summary>One line, with name, price and VAT rate as they were when the order was placed.</summary>
/// <param name="UnitNet">Minor units for one, without VAT.</param>
/// <param name="VatBasisPoints">Hundredths of a per cent: 2000 is 20 %.</param>
/// <param name="Net">Unit price times quantity; VAT is on this, rounded half up once per line.</param>
public sealed record OrderLine(string Sku, string Name, int Quantity, long UnitNet, int VatBasisPoints, long Net, long Vat, long Gross)
{
    /// <summary>
    /// It is no goods but what bringing them costs: part of the price, in no parcel. Such lines are an order's last. The SKU says so, for
    /// an instance of the version before keeps nothing else of it when it writes an order.
    /// </summary>
    public bool IsDelivery => Sku == Product.DeliverySku;

    /// <summary>It was counted when the order was placed: what the order has of it follows the order.</summary>
    [DataClass(DataClass.OrderFiscal)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsCounted { get; init; }

    /// <summary>How much of it there is to send.</summary>
    public int ToSend => IsDelivery ? 0 : Quantity;
}
