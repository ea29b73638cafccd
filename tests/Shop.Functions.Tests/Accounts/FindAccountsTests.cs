using System.Net;
using System.Net.Http.Json;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Accounts;

public sealed class FindAccountsTests(StorageEmulator emulator)
{
    private const string Path = "api/privacy/account-search";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_privacy_desk_finds_the_account_of_somebody_who_writes_and_they_learn_of_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.Customer("bob@example.com");
        var id = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        (await FindAsync(shop, "ADA@example.com")).ShouldBe($$"""{"items":[{"id":"{{id}}"}]}""");
        (await FindAsync(shop, "nobody@example.com")).ShouldBe("""{"items":[]}""");

        var lines = (await shop.Officer().ReadAsync("api/privacy/staff-actions"))["items"]!.AsArray().Where(line => line!["what"]!.GetValue<string>() == "find_accounts").ToList();
        lines.Count.ShouldBe(2, "also one that found nobody");
        lines.Count(line => line!["about"] is not null).ShouldBe(1);
        lines.ShouldAllBe(line => !line!.ToJsonString().Contains("example.com"));
        var told = await Backstage.RowsAsync<Azure.Data.Tables.TableEntity>(shop.Tables().GetTableClient("accounts"));
        told.Where(row => row.GetString("What") == "find_accounts").ShouldHaveSingleItem().PartitionKey.ShouldBe(id);
    }

    [Fact]
    public async Task It_is_for_the_privacy_desk_and_for_e_mail_addresses_only()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await (await shop.As("grace@example.com", "Shop.Finance").PostAsJsonAsync(Path, new { email = "ada@example.com" }, Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        foreach (var body in (object[])[new { email = "ada" }, new { }, new { email = "ada@example.com", continuation = "%" }])
            await (await shop.Officer().PostAsJsonAsync(Path, body, Stop)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    private static async Task<string> FindAsync(RunningShop shop, string email)
    {
        var answer = await shop.Officer().PostAsJsonAsync(Path, new { email }, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.TextAsync();
    }
}
