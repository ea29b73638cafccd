using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Privacy.Erasures;
using Shop.Functions.Tests.Privacy.Exports;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy;

/// <summary>Whatever staff read or do is on record, with who, when, what and why; the person learns of it without who.</summary>
public sealed class StaffActionsTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_and_deciding_is_on_record_and_the_person_learns_of_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 31);
        var order = person.OrderIds[0];
        var (grace, fred) = (shop.As("grace@example.com", "Shop.Finance"), shop.As("fred@example.com", "Shop.Fulfilment"));
        await fred.ReadAsync($"api/orders/{order}");
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await person.Client.ReadAsync($"api/orders/{order}");
        (await grace.CancelAsync(order, new { reason = "out_of_stock" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await (await grace.RefundAsync("nonsense", 1)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var officer = shop.Officer();
        var items = (await officer.ReadAsync("api/privacy/staff-actions"))["items"]!.AsArray();
        items.Select(item => (item!["role"]!.GetValue<string>(), item["what"]!.GetValue<string>(), item["about"]?.GetValue<string>(), item["reason"]?.GetValue<string>())).ShouldBe(
        [
            ("privacy", "list_staff_actions", null, null),
            ("finance", "request_refund", "order:nonsense", null),
            ("finance", "cancel_order", $"order:{order}", "out_of_stock"),
            ("fulfilment", "read_order", $"order:{order}", null),
        ]);
        items[2]!["staffId"]!.GetValue<string>().ShouldBe(items[1]!["staffId"]!.GetValue<string>());
        await (await grace.GetAsync("api/privacy/staff-actions", Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");

        var copy = await ExportFiles.FetchAsync(person.Client);
        copy.AllJson.ShouldContain("read_order");
        copy.AllJson.ShouldContain("cancel_order");
        foreach (var id in items.Select(item => item!["staffId"]!.GetValue<string>())) (copy.AllJson + copy.AllHtml).ShouldNotContain(id);
        foreach (var key in await shop.AccountRowsAsync()) items.ShouldNotContain(item => key.Contains(item!["staffId"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_register_comes_in_pages_and_no_line_is_on_two_of_them()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var officer = shop.Officer();
        for (var i = 0; i < 4; i++)
        {
            await officer.ReadAsync("api/privacy/purges");
            shop.Clock.Advance(TimeSpan.FromHours(11));
        }

        var first = await officer.ReadAsync("api/privacy/staff-actions?limit=3");
        first["items"]!.AsArray().Select(item => item!["what"]!.GetValue<string>()).ShouldBe(["list_staff_actions", "read_purges", "read_purges"]);
        var second = await officer.ReadAsync($"api/privacy/staff-actions?limit=3&continuation={first["continuation"]}");
        second["items"]!.AsArray().Select(item => item!["what"]!.GetValue<string>()).ShouldBe(["read_purges", "read_purges"]);
        second["continuation"].ShouldBeNull();
        // Half an hour before midnight by UTC is another day in the shop's summer.
        shop.Clock.Advance(new DateTimeOffset(2027, 6, 30, 23, 30, 0, TimeSpan.Zero) - shop.Clock.GetUtcNow());
        await officer.ReadAsync("api/privacy/purges");
        (await LinesAsync(shop)).Select(line => line.PartitionKey).ShouldContain(StaffActionEntity.PartitionOf("20270701"));
        await (await officer.GetAsync("api/privacy/staff-actions?continuation=eHg", Stop)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Nobody_is_served_while_the_register_does_not_answer_and_nothing_is_done()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var grace = shop.As("grace@example.com", "Shop.Finance");
        await grace.ReadAsync("api/reviews");
        // Reading is the order and then the register and the customer's row at once; for all others the register comes first.
        foreach (var (path, call) in new[] { ($"api/orders/{order}", 2), ("api/reviews", 1) })
        {
            shop.Calls.Reset();
            shop.Calls.Plan = (call, FaultMoment.Before);
            ((int)(await grace.GetAsync(path, Stop)).StatusCode).ShouldBeGreaterThanOrEqualTo(500);
            shop.Calls.Failed.ShouldBeTrue();
            shop.Calls.Reset();
            shop.Calls.Restart();
        }
    }

    [Fact]
    public async Task The_register_goes_when_its_time_is_up_and_leads_to_no_account_after_an_erasure()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 32);
        var officer = shop.Officer();
        var hold = $"api/privacy/holds/{person.AccountId}";
        (await officer.PutAsJsonAsync(hold, new { reason = "court_order" }, Stop)).EnsureSuccessStatusCode();
        (await officer.DeleteAsync(hold, Stop)).EnsureSuccessStatusCode();
        await person.Client.EraseAsync();
        await shop.ShouldKnowNothingOfAsync(person);
        (await LinesAsync(shop)).Count.ShouldBe(2);

        shop.Clock.Advance(TimeSpan.FromDays(700));
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await LinesAsync(shop)).Count.ShouldBe(2);
        shop.Clock.Advance(TimeSpan.FromDays(33));
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await LinesAsync(shop)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/orders/0a1b/refunds/r1", "order:0a1b")]
    [InlineData("/api/reviews/0a1b/resolve", "order:0a1b")]
    [InlineData("/api/privacy/breaches/9f/accounts.csv", "breach:9f")]
    [InlineData("/api/reviews", null)]
    [InlineData("/api/orders/ada@example.com/refunds", null)]
    public void A_line_says_what_it_is_about(string path, string? about) => StaffActionMiddleware.AboutOf(new PathString(path)).ShouldBe(about);

    [Fact]
    public void An_account_is_found_by_who_knows_it_only() =>
        StaffActionMiddleware.AboutOf(new PathString("/api/privacy/holds/0a1b")).ShouldBe(StaffActionEntity.AboutAccount("0a1b"));

    private static async Task<IReadOnlyCollection<TableEntity>> LinesAsync(RunningShop shop) =>
        [.. await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.StaffActions))];
}
