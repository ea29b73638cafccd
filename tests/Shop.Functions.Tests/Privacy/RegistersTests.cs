using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;

namespace Shop.Functions.Tests.Privacy;

/// <summary>Erasures and legal holds can be listed by those who answer for them, and the lists name nobody.</summary>
public sealed class RegistersTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Every_erasure_is_listed_with_what_law_keeps_and_names_nobody()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var officer = shop.Officer();
        (await officer.ReadAsync("api/privacy/erasures"))["items"]!.AsArray().ShouldBeEmpty();
        var ids = new List<string>();
        foreach (var name in new[] { "marked-ada", "marked-grace", "marked-edith" })
        {
            var client = shop.As($"{name}@example.com");
            (await client.PostAsJsonAsync("api/account", new { name }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            ids.Add((await client.ReadAsync("api/account"))["id"]!.GetValue<string>());
            await client.OrderAsync();
            await EraseAsync(name == "marked-edith" ? officer : client, name == "marked-edith" ? $"api/privacy/accounts/{ids[^1]}/erasure" : "api/account/erasure");
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var first = await officer.ReadAsync("api/privacy/erasures?limit=2");
        var second = await officer.ReadAsync($"api/privacy/erasures?limit=2&continuation={first["continuation"]!.GetValue<string>()}");
        second["continuation"].ShouldBeNull();
        List<JsonNode?> all = [.. first["items"]!.AsArray(), .. second["items"]!.AsArray()];
        all.Select(item => item!["by"]!.GetValue<string>()).ShouldBe(["staff", "person", "person"]);
        all.Select(item => item!["at"]!.GetValue<DateTimeOffset>()).ShouldBeInOrder(SortDirection.Descending);
        all.ShouldAllBe(item => item!["stays"]!.AsArray().Single()!["rule"]!.GetValue<string>() == "unpaid-order" && item["stays"]![0]!["orders"]!.GetValue<int>() == 1);
        var text = first.ToJsonString() + second.ToJsonString();
        foreach (var value in ids.Append("marked")) text.ShouldNotContain(value, Case.Insensitive);
        await (await officer.GetAsync("api/privacy/erasures?continuation=x", TestContext.Current.CancellationToken)).ShouldBeProblemAsync(System.Net.HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Every_legal_hold_is_listed_without_its_reason()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var officer = shop.Officer();
        var id = (await (await shop.Customer("marked@example.com")).ReadAsync("api/account"))["id"]!.GetValue<string>();
        (await officer.PutAsJsonAsync($"api/privacy/holds/{id}", new { reason = "legal_claim", note = "Marked has sued us" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var listed = await officer.ReadAsync("api/privacy/holds");
        var hold = listed["items"]!.AsArray().ShouldHaveSingleItem()!;
        (hold["kind"]!.GetValue<string>(), hold["id"]!.GetValue<string>(), hold["placedBy"]!.GetValue<string>()).ShouldBe(("account", id, "Shop.Privacy"));
        hold["placedAt"]!.GetValue<DateTimeOffset>().ShouldBe(shop.Clock.GetUtcNow());
        listed.ToJsonString().ShouldNotContain("Marked", Case.Insensitive);
        await (await (await shop.Customer("eve@example.com")).GetAsync("api/privacy/holds", TestContext.Current.CancellationToken))
            .ShouldBeProblemAsync(System.Net.HttpStatusCode.Forbidden, "role-missing");
    }

    private static async Task EraseAsync(HttpClient client, string path)
    {
        var asked = await (await client.PostAsync(path, null, TestContext.Current.CancellationToken)).JsonAsync();
        (await client.PostAsJsonAsync(path, new { confirmation = asked["confirmation"]!.GetValue<string>() }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }
}
