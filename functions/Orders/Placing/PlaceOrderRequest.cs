using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Accounts;
using Shop.Functions.Catalogue;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Placing;

/// <summary>What a customer orders: the body of <c>POST /api/orders</c>.</summary>
/// <param name="BillingAddress">Whom the invoice names; absent for who gets the goods.</param>
public sealed record PlaceOrderRequest(
    ImmutableArray<PlaceOrderRequest.Line> Lines, DeliveryAddress DeliveryAddress, string? PurchaseOrderNumber = null, BillingAddress? BillingAddress = null)
{
    private static readonly Problem UnknownProduct = new(422, "unknown-product", "Some of these products are not on sale.");
    private static readonly Problem TooManyOfProduct = new(422, "too-many-of-product", "An order can have only so many of some of these products.");
    private static readonly Problem MixedCurrencies = new(422, "mixed-currencies", "All lines of an order must be in one currency.");
    private static readonly Problem TooMuch = new(422, "too-much", "The total is beyond what an order can hold.");

    public sealed record Line(string Sku, int Quantity);

    /// <returns>What is wrong with the request in itself, whatever the catalogue says; null when nothing is.</returns>
    public Problem? Validate()
    {
        var validation = new Validation();
        if (Lines.IsDefaultOrEmpty || Lines.Length > Order.MostLines) validation.Add("lines", $"Between 1 and {Order.MostLines} lines.");
        else CheckLines(validation);

        if (DeliveryAddress is { } to) PostalAddress.Check(validation, "deliveryAddress.", to.Name, to.Line1, to.Line2, to.City, to.Region, to.Postcode, to.Country);
        if (BillingAddress is { } payer) PostalAddress.Check(validation, "billingAddress.", payer.Name, payer.Line1, payer.Line2, payer.City, payer.Region, payer.Postcode, payer.Country);
        validation.OptionalText(PurchaseOrderNumber, "purchaseOrderNumber", 100);
        return validation.Problem;
    }

    /// <summary>The order at the catalogue's prices of this moment, with the delivery and the tax of where it goes.</summary>
    /// <returns>The order, or why it cannot be placed.</returns>
    public (Order? Order, Problem? Problem) Price(
        PriceList prices, string accountId, string orderId, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var unknown = Lines.Select((line, i) => (Product: prices.Products.Find(line.Sku), Path: $"lines[{i}].sku")).Where(line => line.Product is null or { Withdrawn: true })
            .ToDictionary(line => line.Path, line => new[] { line.Product is null ? "There is no such product." : "This product is no longer sold." });
        if (unknown.Count > 0) return (null, UnknownProduct with { Errors = unknown });

        var priced = Lines.Select(line => (Line: line, Product: prices.Products.Find(line.Sku)!)).ToList();
        var currency = priced[0].Product.Currency;
        if (priced.Any(item => item.Product.Currency != currency))
            return (null, MixedCurrencies);
        var beyond = priced.Index().Where(item => item.Item.Line.Quantity > item.Item.Product.MostPerOrder)
            .ToDictionary(item => $"lines[{item.Index}].quantity", item => new[] { $"At most {item.Item.Product.MostPerOrder} in one order." });
        if (beyond.Count > 0) return (null, TooManyOfProduct with { Errors = beyond });

        try
        {
            var country = DeliveryAddress.Country;
            var goods = priced.Select(item => LineOf(item.Line, item.Product, prices.Vat.RateOf(item.Product.VatClass, country))).ToImmutableArray();
            var grams = priced.Sum(item => (long)item.Product.WeightGrams * item.Line.Quantity);
            var (delivery, refused) = DeliveryCharge.Of(prices.Delivery, country, currency, grams, goods);
            if (refused is not null) return (null, refused);
            var lines = goods.AddRange(delivery);
            var gross = lines.Aggregate(0L, (sum, line) => checked(sum + line.Gross));
            var order = new Order
            {
                Id = orderId,
                AccountId = accountId,
                Number = OrderIds.NumberOf(orderId),
                PlacedAt = now,
                ExpiresAt = expiresAt,
                Currency = currency,
                Lines = lines,
                Net = lines.Sum(line => line.Net),
                Vat = lines.Sum(line => line.Vat),
                Gross = gross,
                DeliveryAddress = DeliveryAddress,
                BillingAddress = BillingAddress,
                PurchaseOrderNumber = PurchaseOrderNumber,
                RequestHash = Hash(),
            };
            return (order.With(new JournalEntry(now, JournalKinds.Placed, Amount: gross, Currency: currency)), null);
        }
        catch (OverflowException)
        {
            return (null, TooMuch);
        }
    }

    /// <returns>Why the order cannot be placed: it names what there is too little of, and not how much there is, which is the shop's business.</returns>
    public Problem OutOfStock(IReadOnlyList<string> missing) => new(409, "out-of-stock", "There is less of some of these products than the order asks for.")
    {
        Detail = string.Join(", ", missing),
        Errors = Lines.Index().Where(line => missing.Contains(line.Item.Sku)).ToDictionary(line => $"lines[{line.Index}].sku", _ => new[] { "There are not as many of it." }),
    };

    /// <returns>SHA-256 (hex) over what was asked for, not over how the JSON was laid out.</returns>
    public string Hash() =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, PlaceOrderWeb.Json.Type<PlaceOrderRequest>())));

    private static OrderLine LineOf(Line line, Product product, int rate)
    {
        var net = checked(product.UnitNet * line.Quantity);
        var vat = Vat.On(net, rate);
        return new(product.Sku, product.Name, line.Quantity, product.UnitNet, rate, net, vat, checked(net + vat)) { IsCounted = product.IsCounted };
    }

    private void CheckLines(Validation validation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Lines.Length; i++)
        {
            // The serializer's strictness about null ends at the elements of a list.
            if (Lines[i] is null)
            {
                validation.Add($"lines[{i}]", "An object is needed here.");
                continue;
            }

            validation.Text(Lines[i].Sku, $"lines[{i}].sku", 64);
            validation.Require(seen.Add(Lines[i].Sku), $"lines[{i}].sku", "The same product is on another line; order more of it there.");
            validation.Require(Lines[i].Quantity is >= 1 and <= Product.MostOfOne, $"lines[{i}].quantity", $"Between 1 and {Product.MostOfOne}.");
        }
    }
}

[JsonSerializable(typeof(PlaceOrderRequest))]
internal sealed partial class PlaceOrderWeb : JsonSerializerContext
{
    public static PlaceOrderWeb Json { get; } = new(Platform.Http.Json.Strict());
}
