using System.Net;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Azure.Data.Tables;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Exports;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Exports;

/// <summary>A copy holds everything about one person, and nothing of anybody else.</summary>
public sealed class ExportAccountTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_stored_value_about_a_person_is_in_their_copy()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 7);
        var other = await Person.WithEverythingAsync(shop, "bob", seed: 8);
        (await shop.As("privacy@example.com", "Shop.Privacy").GetAsync($"api/privacy/accounts/{person.AccountId}/export", Stop)).EnsureSuccessStatusCode();
        await shop.OpenBreachAsync(more: new() { ["scope"] = new JsonObject { ["accounts"] = new JsonArray(other.AccountId, person.AccountId) } });

        var stored = await shop.EverythingStoredAsync();
        var about = stored.Where(row => row.Place != StorageNames.Catalogue && (row.Holds(person.AccountId) || person.OrderIds.Any(row.Holds))).ToList();
        about.Select(row => row.Place).Distinct().ShouldBe([StorageNames.Accounts, StorageNames.Breaches, StorageNames.Orders, StorageNames.OpenOrders, StorageNames.Invoices, StorageNames.Retention], ignoreOrder: true);
        about.Count.ShouldBeGreaterThanOrEqualTo(10);

        var export = await ExportFiles.FetchAsync(person.Client);
        var told = export.Texts.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)).SelectMany(file => Leaves(JsonNode.Parse(file.Value))).ToHashSet();
        var html = export.AllHtml;
        var escape = HtmlEncoder.Create(UnicodeRanges.All);
        // Of an order's rows in the schedules, its id is all there is to tell; what those of its invoice say of it, it says itself.
        string[] diaries = [StorageNames.Retention, StorageNames.OpenOrders, StorageNames.Invoices];
        foreach (var row in about.Where(row => !diaries.Contains(row.Place) || row.Holds(person.AccountId)))
        {
            // On a list of several people, the others are nobody's business.
            foreach (var value in row.Values.Select(value => value.Contains('\n', StringComparison.Ordinal) ? person.AccountId : value))
            {
                told.ShouldContain(Comparable(value), $"{row.Place} {row.Key}");
            }
        }

        foreach (var value in person.Values) html.ShouldContain(escape.Encode(value));
        foreach (var id in person.OrderIds) told.ShouldContain(id);
        foreach (var foreign in other.Values) (export.AllJson + html).ShouldNotContain(foreign);
    }

    [Fact]
    public async Task What_people_typed_cannot_become_markup()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = shop.As("ada@example.com");
        const string Name = "<script>alert('x')</script> & \"co\" ü";
        (await person.PostAsJsonAsync("api/account", new { name = Name }, Stop)).EnsureSuccessStatusCode();
        await person.OrderAsync("k", new { lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } }, deliveryAddress = Api.Address, purchaseOrderNumber = "<img src=x>" });
        var export = await ExportFiles.FetchAsync(person);
        export.AllHtml.ShouldNotContain("<script");
        export.AllHtml.ShouldNotContain("<img");
        export.Texts["index.html"].ShouldContain("&lt;script&gt;");
        export.Texts["index.html"].ShouldContain("ü");
        JsonNode.Parse(export.Texts["account.json"])!["rows"]!.AsArray().Select(row => row!["values"]!["Name"]?.GetValue<string>()).ShouldContain(Name);
    }

    [Fact]
    public async Task The_pages_lead_from_the_account_to_every_order_and_say_why_it_is_held()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var ids = new List<string> { await person.OrderAsync("a"), await person.OrderAsync("b") };
        var export = await ExportFiles.FetchAsync(person);
        foreach (var id in ids)
        {
            var number = OrderIds.NumberOf(id);
            export.Texts["index.html"].ShouldContain($"href=\"orders/{number}.html\"");
            export.Texts.Keys.ShouldContain($"orders/{number}.html");
            export.Texts[$"orders/{number}.html"].ShouldContain("SW1Y 4JH");
            JsonNode.Parse(export.Texts[$"orders/{number}.json"])!["rows"]![0]!["values"]!["DeliveryAddress"]!["postcode"]!.GetValue<string>().ShouldBe("SW1Y 4JH");
        }

        foreach (var rule in new RetentionPolicy(new(), DataMap.OfShop).Rules.Where(rule => rule.Subject is Shop.Functions.Platform.Subject.Account))
            export.Texts["index.html"].ShouldContain(HtmlEncoder.Default.Encode(rule.Purpose[1..]));
    }

    [Fact]
    public async Task A_copy_with_two_hundred_orders_costs_at_most_210_calls()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var account = (await person.ReadAsync("api/account"))["id"]!.GetValue<string>();
        await SampleHistory.WriteAsync(shop.StorageConnectionString, account, 200);
        shop.Calls.Reset();
        var export = await ExportFiles.FetchAsync(person);
        shop.Calls.Calls.Count.ShouldBeInRange(202, 210);
        export.Texts.Count.ShouldBe(2 + (2 * 200));
    }

    [Fact]
    public async Task It_is_sent_while_it_is_read()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        await person.OrderAsync();
        var gate = shop.Calls.Hold(request => request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/orders(", StringComparison.Ordinal));
        try
        {
            using var response = await person.GetAsync("api/account/export", HttpCompletionOption.ResponseHeadersRead, Stop);
            await using var body = await response.Content.ReadAsStreamAsync(Stop);
            // The account is on its way before any order has been read.
            (await body.ReadAtLeastAsync(new byte[100], 100, cancellationToken: Stop)).ShouldBe(100);
            await gate.ArrivedAsync();
        }
        finally
        {
            gate.Open();
        }
    }

    [Fact]
    public async Task Staff_get_the_same_copy_and_the_person_sees_that_they_did()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 9);
        var path = $"api/privacy/accounts/{person.AccountId}/export";
        await (await shop.As("clerk@example.com", "Shop.Finance").GetAsync(path, Stop)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await shop.Anonymous().GetAsync(path, Stop)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        (await ExportFiles.FetchAsync(person.Client)).AllJson.ShouldNotContain("access-");

        var export = await ExportFiles.FetchAsync(shop.As("privacy@example.com", "Shop.Privacy"), path);
        export.AllJson.ShouldContain(person.OrderIds[0]);
        var seen = await ExportFiles.FetchAsync(person.Client);
        var access = JsonNode.Parse(seen.Texts["account.json"])!["rows"]!.AsArray().Single(row => row!["key"]!.GetValue<string>().StartsWith("access-", StringComparison.Ordinal))!["values"]!;
        (access["Role"]!.GetValue<string>(), access["What"]!.GetValue<string>()).ShouldBe(("privacy", "take_copy"));
        var line = (await Backstage.RowsAsync<StaffActionEntity>(shop.Tables().GetTableClient(StorageNames.StaffActions))).First(line => line.What == "export_account_for");
        (seen.AllJson + seen.AllHtml).ShouldNotContain(line.StaffId);
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains("takes a copy", StringComparison.Ordinal));
        shop.Log.Entries.ShouldNotContain(entry => person.Values.Any(value => entry.Text.Contains(value, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_has_no_account_has_no_copy()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await (await shop.As("stranger@example.com").GetAsync("api/account/export", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        var staff = shop.As("privacy@example.com", "Shop.Privacy");
        await (await staff.GetAsync("api/privacy/accounts/nobody/export", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await staff.GetAsync("api/privacy/accounts/a%23b/export", Stop)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Accounts))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_that_never_came_to_be_is_passed_over()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var id = await person.OrderAsync();
        await shop.Tables().GetTableClient(StorageNames.Orders).DeleteEntityAsync(id, OrderEntity.Row, cancellationToken: Stop);
        (await ExportFiles.FetchAsync(person)).Texts.Keys.ShouldBe(["account.json", "index.html"], ignoreOrder: true);
    }

    [Fact]
    public void Every_kind_of_row_on_the_data_map_can_be_found_for_a_person() =>
        DataMap.OfShop.Rows.Where(row => PersonalDataReader.LookupOf(row) is null).Select(row => $"{row.Place} {row.Row}").ShouldBeEmpty();

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        null => [],
        JsonObject members => members.SelectMany(member => Leaves(member.Value)),
        JsonArray items => items.SelectMany(Leaves),
        _ => [Comparable(node.ToString())],
    };

    /// <summary>Times are written in several ways.</summary>
    private static string Comparable(string value) =>
        value.Length > 15 && DateTimeOffset.TryParse(value, out var time) ? time.UtcDateTime.ToString("O") : value.ToLowerInvariant();
}
