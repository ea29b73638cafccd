using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Accounts;

/// <summary>The address book, as its owner sees it.</summary>
public sealed class AddressTests(OneShop one) : IClassFixture<OneShop>
{
    private const string Path = "api/account/addresses";

    [Fact]
    public async Task The_first_address_is_the_default_for_both_and_the_second_for_what_it_says()
    {
        var person = await one.Shop.Customer("book@example.com");
        var home = await AddAsync(person, new { label = " Home ", name = "Ada", line1 = "1 Home Road", city = "London", postcode = "N1", country = "GB" });
        home["label"]!.GetValue<string>().ShouldBe("Home");
        Defaults(home).ShouldBe((true, true));
        var office = await AddAsync(person, new { name = "Ada", line1 = "2 Office Road", city = "London", postcode = "N2", country = "GB", defaultDelivery = true });
        Defaults(office).ShouldBe((true, false));
        var items = await ListAsync(person);
        items.Select(item => item!["line1"]!.GetValue<string>()).ShouldBe(["1 Home Road", "2 Office Road"]);
        items.Select(item => Defaults(item!)).ShouldBe([(false, true), (true, false)]);
    }

    [Fact]
    public async Task Sending_the_same_address_again_makes_no_second_one()
    {
        var person = await one.Shop.Customer("again@example.com");
        var first = await person.CallAsync("POST", Path, JsonContent.Create(Api.Address));
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        var again = await person.CallAsync("POST", Path, JsonContent.Create(Api.Address));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.TextAsync()).ShouldBe(await first.TextAsync());
        (await ListAsync(person)).ShouldHaveSingleItem();
        var read = await person.CallAsync("GET", first.Headers.Location!.ToString());
        read.Tag().ShouldBe(first.Tag());
        await (await person.GetAsync(first.Headers.Location.ToString(), first.Tag())).ShouldBeUnchangedAsync(first.Tag());
    }

    [Fact]
    public async Task A_change_replaces_what_was_read_and_keeps_the_defaults_it_does_not_mention()
    {
        var person = await one.Shop.Customer("change@example.com");
        var added = await person.CallAsync("POST", Path, JsonContent.Create(Api.Address));
        var path = added.Headers.Location!.ToString();
        var moved = new { name = "Ada King", line1 = "3 New Road", city = "Ockham", postcode = "GU23", country = "GB", defaultBilling = false };
        await (await person.CallAsync("PUT", path, JsonContent.Create(moved))).ShouldBeProblemAsync((HttpStatusCode)428, "precondition-missing");
        await (await person.CallAsync("PUT", path, JsonContent.Create(moved), ("If-Match", "\"other\""))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");

        var changed = await person.CallAsync("PUT", path, JsonContent.Create(moved), ("If-Match", added.Tag()));
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Tag().ShouldNotBe(added.Tag());
        var read = await person.ReadAsync(path.TrimStart('/'));
        read["line1"]!.GetValue<string>().ShouldBe("3 New Road");
        Defaults(read).ShouldBe((true, false));
        await (await person.CallAsync("PUT", path, JsonContent.Create(moved), ("If-Match", added.Tag()))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
    }

    [Fact]
    public async Task A_deleted_address_is_gone_and_the_default_of_nothing()
    {
        var person = await one.Shop.Customer("delete@example.com");
        var added = await person.CallAsync("POST", Path, JsonContent.Create(Api.Address));
        var path = added.Headers.Location!.ToString();
        await (await person.CallAsync("DELETE", path)).ShouldBeProblemAsync((HttpStatusCode)428, "precondition-missing");
        await (await person.CallAsync("DELETE", path, null, ("If-Match", "\"other\""))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        (await person.CallAsync("DELETE", path, null, ("If-Match", added.Tag()))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await person.CallAsync("GET", path)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await person.CallAsync("DELETE", path, null, ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await ListAsync(person)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Twenty_are_kept_and_no_more_even_when_they_come_at_once()
    {
        var person = await one.Shop.Customer("full@example.com");
        for (var i = 0; i < 18; i++) await AddAsync(person, Numbered(i));
        var answers = await Task.WhenAll(Enumerable.Range(18, 5).Select(i => person.CallAsync("POST", Path, JsonContent.Create(Numbered(i)))));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(2);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created)) await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "address-book-full");
        var items = await ListAsync(person);
        items.Count.ShouldBe(20);
        items.Count(item => Defaults(item!) != (false, false)).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_sees_or_touches_another_persons_address()
    {
        var person = await one.Shop.Customer("mine@example.com");
        var added = await person.CallAsync("POST", Path, JsonContent.Create(Api.Address));
        var path = added.Headers.Location!.ToString();
        var other = await one.Shop.Customer("other@example.com");
        await (await other.CallAsync("GET", path)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await other.CallAsync("PUT", path, JsonContent.Create(Api.Address), ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await other.CallAsync("DELETE", path, null, ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await ListAsync(other)).ShouldBeEmpty();
        await (await one.Shop.As("nobody@example.com").CallAsync("GET", Path)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await one.Shop.Anonymous().CallAsync("GET", Path)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task An_address_of_the_book_can_be_ordered_to()
    {
        var person = await one.Shop.Customer("order@example.com");
        var kept = await AddAsync(person, Api.Address);
        var to = new JsonObject();
        foreach (var name in new[] { "name", "line1", "city", "postcode", "country" }) to[name] = kept[name]!.GetValue<string>();
        await person.OrderAsync("key-1", new { lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } }, deliveryAddress = to });
    }

    private static object Numbered(int i) => new { name = "Ada", line1 = $"{i} Long Road", city = "London", postcode = "N1", country = "GB" };

    private static async Task<JsonNode> AddAsync(HttpClient person, object address)
    {
        var response = await person.CallAsync("POST", Path, JsonContent.Create(address));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.TextAsync());
        return await response.JsonAsync();
    }

    private static async Task<JsonArray> ListAsync(HttpClient person) => (await person.ReadAsync(Path))["items"]!.AsArray();

    private static (bool Delivery, bool Billing) Defaults(JsonNode address) =>
        (address["defaultDelivery"]!.GetValue<bool>(), address["defaultBilling"]!.GetValue<bool>());
}
