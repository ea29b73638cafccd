using System.Net;
using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>A preview lists exactly what a run does, and changes nothing.</summary>
public sealed class PurgePreviewTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_run_does_exactly_what_the_preview_listed_today_and_in_the_future()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await FillAsync(stage);
        foreach (var days in new[] { 0, 100, 700, 3000 })
        {
            var asOf = stage.Now.AddDays(days);
            var before = await stage.PictureAsync();
            var preview = await stage.PreviewAsync($"?asOf={asOf:yyyy-MM-dd}");
            preview["asOf"]!.GetValue<string>().ShouldBe($"{asOf:yyyy-MM-dd}");
            (await stage.PictureAsync()).ShouldBe(before);
            var schedule = await stage.ScheduledAsync();

            shop.Clock.Advance(asOf - stage.Now);
            await stage.PurgeAsync();
            (await stage.CountsAsync()).ShouldBe(PurgeStage.Counts(preview), $"{days} days on");
            await ShouldBeDoneAsync(stage, preview["items"]!.AsArray(), schedule, asOf);
        }

        (await stage.OrdersAsync()).ShouldBeEmpty();
        (await stage.ScheduledAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_without_the_role_sees_it_and_a_day_is_a_day()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        var ada = await shop.Customer();
        await (await ada.CallAsync("GET", "api/privacy/purge-preview")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await ada.CallAsync("GET", "api/privacy/purges")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        foreach (var query in new[] { "?asOf=tomorrow", "?asOf=", "?asOf=2026-02-30", "?asOf=0001-01-01", "?continuation=x", "?continuation=L3g" })
            await (await stage.Staff.CallAsync("GET", $"api/privacy/purge-preview{query}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_long_preview_comes_in_pages_that_leave_nothing_out()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        // Rows of the schedule alone: what they point to is gone.
        var rows = Enumerable.Range(0, 1_200).Select(i => new RetentionEntry(DateOnly.FromDateTime(stage.Now.UtcDateTime.AddDays(-i % 7)), "order-fiscal", OrderIds.IdOf("ada", $"{i}")));
        await new RetentionSchedule(shop.Tables()).ScheduleAllAsync(rows, TestContext.Current.CancellationToken);
        var keys = new List<string>();
        var next = "";
        do
        {
            var page = await stage.PreviewAsync(next.Length == 0 ? "" : $"?continuation={next}");
            keys.AddRange(page["items"]!.AsArray().Select(item => item!["key"]!.GetValue<string>()));
            next = page["continuation"]?.GetValue<string>() ?? "";
        }
        while (next.Length > 0);
        keys.Count.ShouldBe(1_200);
        keys.Distinct().Count().ShouldBe(1_200);
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["order-fiscal gone 1200"]);
    }

    /// <summary>Something of everything: open, unpaid, paid, disputed, of all ages, and accounts used and not.</summary>
    private static async Task FillAsync(PurgeStage stage)
    {
        await stage.AccountAsync("ada", 900);
        await stage.AccountAsync("bob", 10);
        await stage.UnpaidAsync("unpaid-old", 45, "bob");
        // As after years without a run: the account of a sale goes before the sale is looked at, and after another is gone.
        await stage.AccountAsync("eve", 5000);
        await stage.PaidAsync("paid-first", 5000, "eve");
        await stage.PaidAsync("paid-later", 1500, "cyd");
        await stage.AccountAsync("cyd", 4000);
        await stage.UnpaidAsync("unpaid-new", 5, "bob");
        await stage.PaidAsync("paid-old", 880, "ada");
        await stage.PaidAsync("paid-mid", 400, "bob");
        await stage.PaidAsync("paid-new", 2, "bob");
        await stage.PaidAsync("lost", 380, "bob", PurgeStage.Dispute("lost", FactStatus.Lost, stage.Now.AddDays(-370)));
        await stage.Shop.Tables().GetTableClient("retention").AddEntityAsync(
            new Azure.Data.Tables.TableEntity(stage.Now.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture) + "-00", "account~nobody"), TestContext.Current.CancellationToken);
    }

    private static async Task ShouldBeDoneAsync(PurgeStage stage, JsonArray items, string[] before, DateTimeOffset asOf)
    {
        var orders = await stage.OrdersAsync();
        var schedule = await stage.ScheduledAsync();
        foreach (var item in items)
        {
            var (key, rule, action) = (item!["key"]!.GetValue<string>(), item["rule"]!.GetValue<string>(), item["action"]!.GetValue<string>());
            if (action == "delete" && rule == "order-delivery") orders[key].DeliveryAddress.ShouldBeNull();
            else if (action == "delete" && rule == "account") (await stage.AccountRowsAsync(key)).ShouldBeEmpty();
            else if (action == "delete") orders.ShouldNotContainKey(key);
            foreach (var restricted in item["restricts"]!.AsArray()) orders[restricted!.GetValue<string>()].AccountId.ShouldBeEmpty();
            if (item["nextDue"] is { } next) schedule.ShouldContain($"{next.GetValue<string>().Replace("-", "", StringComparison.Ordinal)} {item["nextRule"]}~{key}");
        }

        // What was not listed is as it was.
        var due = asOf.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        schedule.ShouldBe([.. before.Where(row => string.CompareOrdinal(row[..8], due) > 0), .. schedule.Except(before)], ignoreOrder: true);
        schedule.Where(row => string.CompareOrdinal(row[..8], due) <= 0).ShouldBeEmpty();
    }
}
