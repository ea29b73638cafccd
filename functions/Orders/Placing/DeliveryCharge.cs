using System.Collections.Immutable;
using Shop.Functions.Catalogue;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Placing;

/// <summary>
/// What it costs to bring an order to where it goes. Pure. Goods and their delivery are one supply, so the delivery bears the
/// rate of the goods; where they bear several, it is shared out by their prices, as one line a rate.
/// </summary>
public static class DeliveryCharge
{
    private const string Name = "Delivery";

    /// <param name="grams">All goods together.</param>
    /// <returns>The lines, none where it costs nothing; or why it cannot be brought there.</returns>
    public static (ImmutableArray<OrderLine> Lines, Problem? Problem) Of(DeliveryOptions options, string country, string currency, long grams, ImmutableArray<OrderLine> goods)
    {
        if (options.ZoneOf(country) is not { } zone) return ([], NotDelivered("The shop does not deliver to this country."));
        if (zone.Classes.FirstOrDefault(known => known.UpToGrams is null || grams <= known.UpToGrams) is not { } weightClass)
            return ([], new Problem(422, "too-heavy", "The shop does not deliver as much as this weighs to there. Place it as two orders."));
        var net = weightClass.Net ?? 0;
        if (net == 0) return ([], null);
        return zone.Currency == currency ? (Share(net, goods), null) : ([], NotDelivered($"To there the shop delivers what is paid in {zone.Currency}."));
    }

    /// <summary>To the last minor unit: each rate gets what its goods and those before it are worth, less what those got.</summary>
    private static ImmutableArray<OrderLine> Share(long net, ImmutableArray<OrderLine> goods)
    {
        var (whole, before, given) = (goods.Sum(line => line.Net), 0L, 0L);
        var lines = ImmutableArray.CreateBuilder<OrderLine>();
        foreach (var rate in goods.GroupBy(line => line.VatBasisPoints).OrderByDescending(group => group.Key))
        {
            before += rate.Sum(line => line.Net);
            var part = (long)((Int128)net * before / whole) - given;
            given += part;
            if (part == 0) continue;
            var vat = Vat.On(part, rate.Key);
            lines.Add(new(Product.DeliverySku, Name, 1, part, rate.Key, part, vat, checked(part + vat)));
        }

        return lines.ToImmutable();
    }

    private static Problem NotDelivered(string reason) => new(422, "not-delivered", "The shop does not deliver this order to there.")
    {
        Errors = new Dictionary<string, string[]> { ["deliveryAddress.country"] = [reason] },
    };
}
