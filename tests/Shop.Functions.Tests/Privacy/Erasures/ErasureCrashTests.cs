using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.Catalogue.Stock;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Erasures;

/// <summary>
/// The process ends at a call of an erasure, before it is sent or before its answer arrives. Then the person tries again,
/// or does not and the queue carries on.
/// </summary>
public sealed class ErasureCrashTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_at_any_call_leaves_the_account_whole_or_nothing_of_it(bool retries)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await shop.StockAsync(1_000);
        var (calls, points) = await RunAsync(shop, "none", null, retries: true);
        calls.Count.ShouldBeGreaterThanOrEqualTo(20);
        var pointOfNoReturn = calls.Select((call, index) => (call, index)).First(each => each.call.EndsWith("/$batch", StringComparison.Ordinal)).index + 1;
        foreach (var (_, (call, moment)) in PartOfToday.Of(points))
        {
            try
            {
                await RunAsync(shop, $"{call}x{moment}", (call, moment), retries, mayStay: !retries && call <= pointOfNoReturn);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"crash {moment} call {call} of {calls.Count} ({calls[call - 1]}), {(retries ? "tried again" : "carried on")}: {exception.Message}", exception);
            }
        }
    }

    private static async Task<(IReadOnlyList<string> Calls, IReadOnlyList<(int Call, FaultMoment Moment)> Points)> RunAsync(
        RunningShop shop, string name, (int, FaultMoment)? plan, bool retries, bool mayStay = false)
    {
        var (person, unpaid, delivered) = await PersonAsync(shop, $"person{name}");
        var confirmation = await person.Client.AskAsync();
        await shop.Queue(StorageNames.ErasureRuns).ClearMessagesAsync(Stop);
        shop.Calls.Reset();
        shop.Calls.Plan = plan;
        var first = await person.Client.ConfirmAsync(confirmation);
        var made = (shop.Calls.Calls, shop.Calls.CrashPoints);
        shop.Calls.Failed.ShouldBe(plan is not null);
        shop.Calls.Reset();
        shop.Calls.Restart();
        if (plan is null) (await shop.CountAsync(StorageNames.ErasureRuns)).ShouldBe(0);
        else ((int)first.StatusCode).ShouldBeGreaterThanOrEqualTo(500);

        // Whoever has ended while writing to the person leaves the claim to it for two minutes.
        if (plan is not null) shop.Clock.Advance(TimeSpan.FromMinutes(3));
        if (retries) (await person.Client.ConfirmAsync(confirmation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The message that was sent first comes when its time is up, whether or not it is still needed.
        await shop.Host.InvokeAsync("ContinueErasure", new JsonObject { ["accountId"] = person.AccountId }.ToJsonString(), Stop);
        await shop.SettleAsync();
        // What a crash has left of the stock, the look makes good within a minute.
        if (plan is not null) shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await shop.LookAtDueAsync();
        (await StockBooks.BrokenAsync(shop, await shop.OrdersAsync())).ShouldBeEmpty();

        if (mayStay && (await person.Client.GetAsync("api/account", Stop)).StatusCode == HttpStatusCode.OK)
        {
            (await person.Client.ReadAsync("api/orders"))["items"]!.AsArray().Count.ShouldBe(2);
            (await shop.OrderAsync(unpaid)).Closed.ShouldBeNull();
            (await shop.OrderAsync(delivered)).DeliveryAddress.ShouldNotBeNull();
            return made;
        }

        var known = from row in await shop.EverythingStoredAsync() from value in person.Values where row.Holds(value) select $"{row.Place} {row.Key}: {value}";
        known.ShouldBeEmpty();
        (await shop.OrderAsync(unpaid)).Closed!.Reason.ShouldBe(ClosingReason.Cancelled);
        (await shop.OrderAsync(unpaid)).Journal.Count(entry => entry.Kind == JournalKinds.Cancelled).ShouldBe(1);
        (await shop.OrderAsync(delivered)).Ledger.ShouldNotBeEmpty();
        var stays = (await (await person.Client.ConfirmAsync(confirmation)).JsonAsync())["stays"]!.AsArray();
        stays.Select(kept => kept!["orderId"]!.GetValue<string>()).ShouldBe([unpaid, delivered], ignoreOrder: true);
        (await person.Client.PostAsJsonAsync("api/account", new { name = "New" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return made;
    }

    /// <summary>Somebody with an address, an order that nobody has paid and one that was delivered, both of something that is counted.</summary>
    private static async Task<(Person Person, string Unpaid, string Delivered)> PersonAsync(RunningShop shop, string name)
    {
        var client = shop.As($"{name}@example.com");
        (await client.PostAsJsonAsync("api/account", new { name, company = $"{name} & Co" }, Stop)).EnsureSuccessStatusCode();
        var account = (await client.ReadAsync("api/account"))["id"]!.GetValue<string>();
        (await client.PostAsJsonAsync("api/account/addresses", Address(name), Stop)).EnsureSuccessStatusCode();
        var lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 }, new { sku = Counted.Sku, quantity = 2 } };
        var unpaid = await client.OrderAsync("unpaid", new { lines, deliveryAddress = Address(name) });
        var delivered = await client.OrderAsync("delivered", new { lines, deliveryAddress = Address(name) });
        var gross = (await shop.OrderAsync(delivered)).Gross;
        await new OrderStore(shop.Tables()).ChangeAsync(
            delivered,
            order => order.With(SampleOrders.Capture($"pi_{gross}", amount: gross)) with { Shipments = [new Shipment(1, "k", "DPD", $"T-{name}", order.PlacedAt, order.PlacedAt)] },
            Stop);
        return (new(client, account, [unpaid, delivered], [name, account]), unpaid, delivered);
    }

    private static object Address(string name) => new { name, line1 = $"{name} Street", city = "London", postcode = "N1", country = "GB" };
}
