using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>The reports prove what was done, without saying about whom.</summary>
public sealed class PurgeReportTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_run_leaves_a_report_that_follows_the_one_before_and_names_nobody()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        var order = await stage.UnpaidAsync("key", 40);
        await stage.PurgeAsync();
        await stage.PurgeAsync();

        var read = await stage.PurgesAsync();
        read["verified"]!.GetValue<bool>().ShouldBeTrue();
        var (second, first) = (read["items"]![0]!, read["items"]![1]!);
        (first["number"]!.GetValue<int>(), second["number"]!.GetValue<int>()).ShouldBe((1, 2));
        second["previousHash"]!.GetValue<string>().ShouldBe(first["hash"]!.GetValue<string>());
        first["policy"]!.GetValue<string>().ShouldBe((await shop.Anonymous().ReadAsync("api/privacy/policy"))["version"]!.GetValue<string>());
        first["firstKey"]!.GetValue<string>().Length.ShouldBe(64);
        second["firstKey"].ShouldBeNull();
        second["counts"]!.AsArray().ShouldBeEmpty();
        read.ToJsonString().ShouldNotContain(order.Id);
        // A hash may well have these letters, in lower case.
        read.ToJsonString().ShouldNotContain("Ada", Case.Sensitive);
        read.ToJsonString().ShouldNotContain("@");
    }

    [Fact]
    public async Task A_report_that_is_changed_removed_or_cut_off_breaks_the_chain()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        for (var i = 0; i < 4; i++) await stage.PurgeAsync();
        var table = shop.Tables().GetTableClient(StorageNames.Purges);
        var rows = new Dictionary<string, TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Stop)) rows[row.RowKey] = row;

        await BreaksAsync("report-00000002", 2, row => row["Report"] = ((string)row["Report"]).Replace("\"left\":0", "\"left\":1", StringComparison.Ordinal));
        await BreaksAsync("report-00000002", 2, null);
        await BreaksAsync("report-00000001", 1, null);
        await BreaksAsync("report-00000004", 4, null);
        (await stage.PurgesAsync())["verified"]!.GetValue<bool>().ShouldBeTrue();

        async Task BreaksAsync(string key, int number, Action<TableEntity>? change)
        {
            var kept = new TableEntity(rows[key]);
            if (change is null) await table.DeleteEntityAsync(kept.PartitionKey, key, ETag.All, Stop);
            else
            {
                var changed = new TableEntity(rows[key]);
                change(changed);
                changed["Report"].ShouldNotBe(kept["Report"]);
                await table.UpsertEntityAsync(changed, TableUpdateMode.Replace, Stop);
            }

            var read = await stage.PurgesAsync();
            read["verified"]!.GetValue<bool>().ShouldBeFalse();
            read["brokenAt"]!.GetValue<int>().ShouldBe(number);
            await table.UpsertEntityAsync(kept, TableUpdateMode.Replace, Stop);
        }
    }

    [Fact]
    public async Task Old_reports_go_after_six_years_and_the_rest_of_the_chain_holds()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.PurgeAsync();
        await stage.PurgeAsync();
        shop.Clock.Advance(TimeSpan.FromDays(100));
        await stage.PurgeAsync();
        shop.Clock.Advance(TimeSpan.FromDays((6 * 366) - 100));
        var preview = PurgeStage.Counts(await stage.PreviewAsync());
        await stage.PurgeAsync();
        var read = await stage.PurgesAsync();
        read["verified"]!.GetValue<bool>().ShouldBeTrue();
        read["items"]!.AsArray().Select(item => item!["number"]!.GetValue<int>()).ShouldBe([4, 3]);
        (await stage.CountsAsync()).ShouldBe(preview);
    }
}
