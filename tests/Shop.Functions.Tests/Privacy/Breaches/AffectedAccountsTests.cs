using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>Who is affected: counted from the data map, and listed for those who must tell them.</summary>
public sealed class AffectedAccountsTests(StorageEmulator emulator)
{
    [Fact]
    public async Task People_records_and_classes_are_counted_over_the_accounts_in_use_at_the_time()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var started = shop.Clock.GetUtcNow().AddHours(-1);
        var ids = new List<string> { await OpenAsync(shop, "ada@example.com", "Ada") };
        await shop.As("ada@example.com").OrderAsync("key-1");
        await shop.As("ada@example.com").OrderAsync("key-2");
        ids.Add(await OpenAsync(shop, "bob@example.com", "Bob"));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var until = shop.Clock.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await OpenAsync(shop, "later@example.com", "Later");

        var (id, tag) = await shop.OpenBreachAsync(more: new() { ["scope"] = Time(started, until) });
        var scope = (await shop.BreachAsync(id))["scope"]!;
        scope["people"]!.GetValue<int>().ShouldBe(2);
        scope["records"]!.GetValue<int>().ShouldBe(4);
        scope["dataClasses"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(["identity", "contact", "delivery", "order_fiscal", "payment_reference", "note"]);
        scope["atLeast"].ShouldBeNull();

        var lines = await shop.LinesAsync(id);
        ids.Sort(StringComparer.Ordinal);
        lines.Select(line => line.Split('"')[1]).ShouldBe(ids);
        lines.ShouldContain(line => line.EndsWith("\",\"ada@example.com\",\"Ada\"", StringComparison.Ordinal));
        (await shop.LinesAsync(id, $"?after={ids[0]}")).ShouldBe([lines[1]]);
        (await shop.ChangeBreachAsync(id, tag, new() { ["scope"] = new JsonObject { ["records"] = 9 } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await shop.LinesAsync(id)).ShouldBe(lines, "the time stays, whatever else is known better");

        var before = (await shop.OpenBreachAsync(more: new() { ["scope"] = Time(started.AddYears(-1), started) })).Id;
        (await shop.BreachAsync(before))["scope"]!["people"]!.GetValue<int>().ShouldBe(0);
        (await shop.LinesAsync(before)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_staff_know_goes_before_what_is_counted()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await OpenAsync(shop, "ada@example.com", "Ada");
        var scope = Time(shop.Clock.GetUtcNow().AddHours(-1), shop.Clock.GetUtcNow());
        scope["people"] = 7;
        scope["dataClasses"] = new JsonArray("contact");
        var read = (await shop.BreachAsync((await shop.OpenBreachAsync(more: new() { ["scope"] = scope })).Id))["scope"]!;
        read["people"]!.GetValue<int>().ShouldBe(7);
        read["records"]!.GetValue<int>().ShouldBe(1);
        read["dataClasses"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("contact");
    }

    [Fact]
    public async Task Accounts_may_be_listed_one_by_one_as_many_as_a_request_holds_and_each_revision_keeps_its_list()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await OpenAsync(shop, "ada@example.com", "Ada");
        var unknown = Enumerable.Range(0, 230).Select(i => $"{i:D8}-0000-0000-0000-000000000000").ToArray();
        var (id, tag) = await shop.OpenBreachAsync(more: new() { ["scope"] = List([ada, .. unknown]) });
        var scope = (await shop.BreachAsync(id))["scope"]!;
        scope["people"]!.GetValue<int>().ShouldBe(231);
        scope["accounts"]!.GetValue<int>().ShouldBe(231);
        scope["records"]!.GetValue<int>().ShouldBe(1);
        var lines = await shop.LinesAsync(id);
        lines[0].ShouldBe($"\"{ada}\",\"ada@example.com\",\"Ada\"");
        lines[1..].ShouldBe(unknown.Select(account => $"\"{account}\",,"));

        tag = (await shop.ChangeBreachAsync(id, tag, new() { ["measures"] = "None yet." })).Tag();
        (await shop.LinesAsync(id)).Length.ShouldBe(231);
        tag = (await shop.ChangeBreachAsync(id, tag, new() { ["scope"] = new JsonObject { ["people"] = 7 } })).Tag();
        (await shop.LinesAsync(id)).Length.ShouldBe(231, "better numbers leave the list as it is");
        scope = (await shop.BreachAsync(id))["scope"]!;
        scope["people"]!.GetValue<int>().ShouldBe(7);
        scope["accounts"]!.GetValue<int>().ShouldBe(231);
        (await shop.ChangeBreachAsync(id, tag, new() { ["scope"] = List(ada) })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await shop.LinesAsync(id)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Counting_that_reaches_its_limit_says_so()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        foreach (var name in new[] { "ada", "bob", "eve" }) await OpenAsync(shop, $"{name}@example.com", name);
        var now = shop.Clock.GetUtcNow();
        var extent = await new AffectedAccounts(shop.Tables()).CountAsync(now.AddHours(-1), now, TestContext.Current.CancellationToken, maxRows: 2);
        (extent.People, extent.IsComplete).ShouldBe((2, false));
    }

    [Fact]
    public async Task A_name_is_no_formula_and_a_scope_of_mere_numbers_has_no_list()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var account = await OpenAsync(shop, "eve@example.com", "=HYPERLINK(\"http://evil.example\",\"Ada\")");
        var (id, _) = await shop.OpenBreachAsync(more: new() { ["scope"] = List(account) });
        (await shop.LinesAsync(id)).ShouldBe([$"\"{account}\",\"eve@example.com\",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Ada\"\")\""]);

        id = (await shop.OpenBreachAsync(more: new() { ["scope"] = new JsonObject { ["people"] = 3 } })).Id;
        await (await shop.Officer().GetAsync($"api/privacy/breaches/{id}/accounts.csv", TestContext.Current.CancellationToken))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "accounts-unknown");
    }

    [Fact]
    public void A_damaged_profile_is_affected_too()
    {
        var account = new AffectedAccount("id");
        account.Add(new TableEntity("id", AccountEntity.Row) { [nameof(AccountEntity.Email)] = 7, [nameof(AccountEntity.Name)] = "Ada", [nameof(AccountEntity.OpenedAt)] = "once" });
        (account.Records, account.Email, account.Name).ShouldBe((1, null, "Ada"));
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_a_503_and_not_an_empty_list()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(more: new() { ["scope"] = Time(shop.Clock.GetUtcNow().AddHours(-1), shop.Clock.GetUtcNow()) });
        await shop.Tables().DeleteTableAsync("accounts", TestContext.Current.CancellationToken);
        await (await shop.Officer().GetAsync($"api/privacy/breaches/{id}/accounts.csv", TestContext.Current.CancellationToken))
            .ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
    }

    [Theory]
    [InlineData("Ada", "\"Ada\"")]
    [InlineData("Ada \"the\" Countess, of L.", "\"Ada \"\"the\"\" Countess, of L.\"")]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" ", "\" \"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+44 20", "\"'+44 20\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData(" =1", "\"' =1\"")]
    [InlineData("\"=1", "\"'\"\"=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a=b-c", "\"a=b-c\"")]
    public void Fields_are_quoted_and_never_calculated(string? text, string field) => Csv.Field(text).ShouldBe(field);

    private static JsonObject Time(DateTimeOffset from, DateTimeOffset until) => new() { ["from"] = from.ToString("O"), ["until"] = until.ToString("O") };

    private static JsonObject List(params string[] accounts) => new() { ["accounts"] = new JsonArray([.. accounts.Select(account => (JsonNode)account)]) };

    private static async Task<string> OpenAsync(RunningShop shop, string email, string name)
    {
        var response = await shop.As(email).PostAsJsonAsync("api/account", new { name }, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await response.JsonAsync())["id"]!.GetValue<string>();
    }
}
