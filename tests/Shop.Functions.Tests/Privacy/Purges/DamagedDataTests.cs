using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Privacy.Erasures;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>What cannot be read never stops a purge or a preview, is reported, and goes when its time is surely up.</summary>
public sealed class DamagedDataTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Lines", "not JSON")]
    [InlineData("Ledger", "[null]")]
    [InlineData("Journal", "null")]
    [InlineData("PlacedAt", "yesterday")]
    [InlineData("Gross", "much")]
    [InlineData("ClosedReason", "Whim")]
    public async Task An_order_that_cannot_be_read_holds_up_nothing_loses_its_address_in_time_and_then_goes(string property, string damage)
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("bob", 0);
        var damaged = await stage.UnpaidAsync("damaged", 40, "bob");
        await stage.UnpaidAsync("whole", 40, "bob");
        var list = new FulfilmentList(shop.Tables());
        await list.AddAsync(damaged, Stop);
        await DamageAsync(shop, StorageNames.Orders, damaged.Id, "order", property, damage);
        PurgeStage.Counts(await stage.PreviewAsync()).ShouldBe(["unpaid-order delete 1", "unpaid-order unreadable 1"]);
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["unpaid-order delete 1", "unpaid-order unreadable 1"]);
        shop.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Critical && entry.Text.Contains("unpaid-order", StringComparison.Ordinal));
        (await stage.ScheduledAsync()).ShouldContain(row => row.EndsWith(damaged.Id, StringComparison.Ordinal));

        shop.Clock.Advance(TimeSpan.FromDays(370));
        await stage.PurgeAsync();
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Place == StorageNames.Orders && row.Holds("12 St James's Square"));
        (await stage.CountsAsync()).ShouldContain("order-delivery delete 1");
        (await list.PageAsync(10, null, Stop)).Rows.ShouldBeEmpty();
        shop.Clock.Advance(TimeSpan.FromDays(13 * 366));
        await stage.PurgeAsync();
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Place == StorageNames.Orders);
    }

    [Fact]
    public async Task An_account_goes_in_time_though_its_profile_and_an_order_of_it_cannot_be_read()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        var paid = await stage.PaidAsync("paid", 790);
        await DamageAsync(shop, StorageNames.Orders, paid.Id, "order", "Ledger", "damaged");
        var named = new JsonObject { ["likelyConsequences"] = "We told ada@example.com.", ["scope"] = new JsonObject { ["accounts"] = new JsonArray("ada", "bob") } };
        var (breach, _) = await shop.OpenBreachAsync(more: named);
        await DamageAsync(shop, StorageNames.Accounts, "ada", "profile", "LastSeenDay", "long ago");
        await stage.PurgeAsync();
        // Nobody knows when it was last used, but it was written just now.
        (await stage.CountsAsync()).ShouldContain("account unreadable 1");
        (await stage.AccountRowsAsync("ada")).Length.ShouldBe(5);

        shop.Clock.Advance(TimeSpan.FromDays(740));
        await stage.PurgeAsync();
        (await shop.BreachAsync(breach))["likelyConsequences"]!.GetValue<string>().ShouldBe("We told [erased].");
        var listed = await new Functions.Privacy.Breaches.BreachStore(shop.Tables()).ListedAccountsAsync(breach, 1, Stop);
        (listed.Length, listed.Contains("ada"), listed.Contains("bob")).ShouldBe((2, false, true));
        (await stage.AccountRowsAsync("ada")).ShouldBeEmpty();
        var left = await shop.EverythingStoredAsync();
        left.ShouldContain(row => row.Place == StorageNames.Orders);
        left.ShouldNotContain(row => row.Place == StorageNames.Orders && (row.Values.Contains("ada") || row.Holds("12 St James's Square")));
    }

    [Fact]
    public async Task A_breach_a_report_and_a_legal_hold_that_cannot_be_read_hold_up_nothing_and_the_hold_still_holds()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.PurgeAsync();
        await stage.PurgeAsync();
        await DamageAsync(shop, StorageNames.Purges, "purge", "report-00000001", "Report", "damaged");
        var read = await stage.PurgesAsync();
        (read["verified"]!.GetValue<bool>(), read["brokenAt"]!.GetValue<int>()).ShouldBe((false, 1));

        var (id, _) = await shop.OpenBreachAsync();
        var revision = (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Breaches))).Single(row => row.PartitionKey == id && row.RowKey.StartsWith("revision-", StringComparison.Ordinal));
        await DamageAsync(shop, StorageNames.Breaches, id, revision.RowKey, "AwareAt", "then");
        await stage.AccountAsync("bob", 0);
        var held = await stage.UnpaidAsync("held", 40, "bob");
        await shop.Tables().GetTableClient(StorageNames.LegalHolds).AddEntityAsync(new TableEntity("hold", "bob") { ["PlacedAt"] = "then" }, Stop);
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["unpaid-order hold 1"]);
        (await stage.OrdersAsync()).ShouldContainKey(held.Id);

        shop.Clock.Advance(TimeSpan.FromDays(6.1 * 366));
        await stage.PurgeAsync();
        var counts = await stage.CountsAsync();
        counts.ShouldContain("breach delete 1");
        counts.ShouldContain("purge-report delete 3");
        (await stage.PurgesAsync())["verified"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Staff_see_the_reviews_they_can_read_and_an_erasure_names_the_order_that_nobody_can()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await new Functions.Orders.Reviews.ReviewList(shop.Tables()).AddAsync(order, Stop);
        await DamageAsync(shop, StorageNames.Orders, order, "order", "Lines", "damaged");
        (await shop.As("grace@example.com", "Shop.Finance").ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();
        var problem = await (await ada.CallAsync("POST", "api/account/erasure")).ShouldBeProblemAsync(System.Net.HttpStatusCode.Conflict, "erasure-blocked");
        problem["errors"]![$"orders.{OrderIds.NumberOf(order)}"]!.ToJsonString().ShouldContain("cannot be read");
        (await ada.CallAsync("GET", "api/account/export")).EnsureSuccessStatusCode();

        // One that is damaged once its erasure is confirmed holds up nothing: it loses what leads to the person all the same.
        var bob = await shop.Customer("bob@example.com");
        var late = await bob.OrderAsync("late");
        var confirmation = await bob.AskAsync();
        var gate = shop.Calls.Hold(request => request.RequestUri!.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal));
        var erasing = Eraser.ConfirmAsync(bob, confirmation);
        await gate.ArrivedAsync();
        await DamageAsync(shop, StorageNames.Orders, late, "order", "Lines", "damaged");
        gate.Open();
        var erased = await erasing;
        erased.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await erased.TextAsync());
        (await erased.JsonAsync())["stays"]![0]!["number"]!.GetValue<string>().ShouldBe(OrderIds.NumberOf(late));
        var left = (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Orders))).Single(row => row.PartitionKey == late);
        (left.GetString("AccountId"), left.GetString("DeliveryAddress")).ShouldBe((null, null));
    }

    private static Task DamageAsync(RunningShop shop, string table, string partition, string row, string property, string damage) =>
        shop.Tables().GetTableClient(table).UpdateEntityAsync(new TableEntity(partition, row) { [property] = damage }, ETag.All, TableUpdateMode.Merge, Stop);
}
