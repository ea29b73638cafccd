using System.Net;

namespace Shop.Local.Storm;

/// <summary>The people in the warehouse, and the carrier that tells everything shuffled and twice.</summary>
/// <param name="fulfilment">Who sends parcels.</param>
/// <param name="catalogue">Who writes the catalogue.</param>
public sealed class StormDelivery(StormShop shop, StormCalls calls, StormPerson fulfilment, StormPerson catalogue)
{
    public const string Sku = "STORM-1";

    /// <summary>Of the item that is counted so many come for so many orders: half of what customers ask for.</summary>
    private const int PiecesInADelivery = 9;
    private const int OrdersBetweenDeliveries = 12;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>How many of the item that is counted have come.</summary>
    public int Received { get; private set; }

    /// <summary>Puts the item that is counted on sale; before anybody looks at the catalogue, which is read once a minute.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        var product = new
        {
            name = "A storm lantern",
            category = "Power",
            description = "Counted.",
            unitNet = new { amount = 4_000, currency = "GBP" },
            vatClass = "standard",
            weightGrams = 900,
            counted = true,
        };
        await calls.PutAsync(new Uri(shop.Api, $"api/products/{Sku}"), catalogue, product, cancellation, onlyNew: true);
    }

    /// <summary>Before the first order and every now and then, some more of it.</summary>
    public async Task ReceiveAsync(int ordersBegun, CancellationToken cancellation)
    {
        if (ordersBegun % OrdersBetweenDeliveries != 0) return;
        var body = new { change = PiecesInADelivery, reason = "received" };
        var adjusted = await calls.PostAsync(new Uri(shop.Api, $"api/stock/{Sku}/adjustments"), fulfilment, body, $"storm-stock-{ordersBegun}", cancellation);
        adjusted.Must(HttpStatusCode.Created);
        Received += PiecesInADelivery;
    }

    public async Task<StatedStock> StatedAsync(CancellationToken cancellation)
    {
        var answer = (await calls.GetAsync(new Uri(shop.Api, "api/stock"), fulfilment, cancellation)).Must(HttpStatusCode.OK);
        var item = answer.Body!["items"]!.AsArray().Single(item => item!["sku"]!.GetValue<string>() == Sku)!;
        return new(item["onHand"]!.GetValue<int>(), item["reserved"]!.GetValue<int>());
    }

    public async Task<Deeds> DealWithAsync(Deeds deeds, PlannedOrder plan, CancellationToken cancellation)
    {
        switch (plan.Aftermath)
        {
            case Aftermath.Sent:
                var first = await ShipAsync(deeds, "1", cancellation, ("BOOK-POWER", plan.Quantity));
                var second = await ShipAsync(deeds, "2", cancellation);
                await CarryAsync(first, "delivered", cancellation);
                await CarryAsync(second, "delivered", cancellation);
                return deeds with { Fulfilment = "delivered", CountedSent = deeds.Counted };
            case Aftermath.SentInPart when deeds.Counted > 1:
                await ShipAsync(deeds, "1", cancellation, (Sku, 1));
                return deeds with { Fulfilment = "part_shipped", CountedSent = 1 };
            case Aftermath.SentInPart:
                await ShipAsync(deeds, "1", cancellation, ("SENS-TH-01", 1));
                return deeds with { Fulfilment = "part_shipped" };
            case Aftermath.TakenBack:
                await ShipAsync(deeds, "1", cancellation);
                (await calls.DeleteAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}/shipments/1"), fulfilment, cancellation)).Must(HttpStatusCode.NoContent);
                return deeds;
            default:
                await CarryAsync(await ShipAsync(deeds, "1", cancellation), "returned", cancellation);
                return await RestockAsync(deeds with { Fulfilment = "returned", CountedSent = deeds.Counted }, plan, cancellation);
        }
    }

    /// <returns>What stands on the parcel's label.</returns>
    private async Task<string> ShipAsync(Deeds deeds, string key, CancellationToken cancellation, params (string Sku, int Quantity)[] lines)
    {
        var parts = lines.Select(line => new { sku = line.Sku, quantity = line.Quantity });
        object body = lines.Length == 0 ? new { carrier = "ParcelCo" } : new { carrier = "ParcelCo", lines = parts };
        var answer = await calls.PostAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}/shipments"), fulfilment, body, $"storm-{key}", cancellation);
        return answer.Must(HttpStatusCode.Created).Read<string>("reference");
    }

    private async Task CarryAsync(string parcel, string outcome, CancellationToken cancellation)
    {
        var faults = new Uri(shop.Carrier, "sandbox/faults/webhook");
        await calls.FormAsync(faults, cancellation, ("kind", "shuffle"));
        await calls.FormAsync(faults, cancellation, ("kind", "duplicate"), ("times", "3"));
        await calls.FormAsync(new Uri(shop.Carrier, $"sandbox/parcels/{parcel}/carry"), cancellation, ("outcome", outcome));
    }

    /// <summary>Once the carrier has said that it is back, one of it is put on the shelf, whatever the rest looks like.</summary>
    private async Task<Deeds> RestockAsync(Deeds deeds, PlannedOrder plan, CancellationToken cancellation)
    {
        if (deeds.Counted == 0) return deeds;
        var fit = 1 + (plan.Number % deeds.Counted);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var body = new { lines = new[] { new { sku = Sku, quantity = fit } } };
            var answer = await calls.PutAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}/shipments/1/restock"), fulfilment, body, cancellation);
            if (answer.Status == HttpStatusCode.OK) return deeds with { Restocked = fit };
            answer.Must(HttpStatusCode.Conflict);
            if (TimeProvider.System.GetElapsedTime(began) > LongestWait) throw new StormFailedException($"The parcel of order {deeds.OrderId} has not come back after {LongestWait.TotalMinutes:0} minutes.");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }
}
