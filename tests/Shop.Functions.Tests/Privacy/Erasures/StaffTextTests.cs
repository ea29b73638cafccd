using System.Net;
using System.Net.Http.Json;
using Shop.Functions.Orders;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Privacy.Exports;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy.Erasures;

/// <summary>What staff write about a person is in the person's copy and goes with the person; who of the staff it was is neither.</summary>
public sealed class StaffTextTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_staff_write_is_in_the_copy_and_nothing_of_it_outlives_an_erasure()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 21);
        var name = person.Values.First(value => value.StartsWith("Name", StringComparison.Ordinal));
        var full = $"{name} King";
        (await person.Client.CallAsync("PATCH", "api/account", JsonContent.Create(new { name = full }), ("If-Match", "*"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var email = (await person.Client.ReadAsync("api/account"))["email"]!.GetValue<string>();
        var (grace, fred) = (shop.As("grace@example.com", "Shop.Finance"), shop.As("fred@example.com", "Shop.Fulfilment"));
        var sent = await PaidAsync(shop, person.Client, "sent");
        (await fred.ShipAsync(sent)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await fred.DeliverAsync(sent, 1)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refund = JsonContent.Create(new { amount = new { amount = 100, currency = "GBP" }, reason = "goodwill", note = $"{name} was kind" });
        (await grace.CallAsync("POST", $"api/orders/{sent}/refunds", refund, ("Idempotency-Key", "refund"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var ended = await PaidAsync(shop, person.Client, "ended");
        (await grace.CancelAsync(ended, new { reason = "customer_asked", note = $"{name} called" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        await shop.OpenBreachAsync(more: new() { ["measures"] = $"The laptop is locked.\n{email} was told. So was Bob.", ["likelyConsequences"] = $"Mrs {full} may be called." });

        var ids = (await shop.OrdersAsync()).SelectMany(order => order.Journal.Select(entry => entry.By).Concat(order.RefundPromises.Select(promise => promise.By))).OfType<string>().Distinct().ToList();
        ids.Count.ShouldBe(2, "grace and fred");
        var copy = await ExportFiles.FetchAsync(person.Client);
        foreach (var note in new[] { $"{name} was kind", $"{name} called", $"{email} was told" }) copy.AllJson.ShouldContain(note);
        copy.AllJson.ShouldContain("\"role\": \"fulfilment\"");
        copy.AllJson.ShouldNotContain("locked", customMessage: "what is not about the person is not theirs");
        foreach (var id in ids) (copy.AllJson + copy.AllHtml).ShouldNotContain(id);

        await person.Client.EraseAsync();
        await shop.ShouldKnowNothingOfAsync(person);
        (await shop.EverythingStoredAsync()).ShouldContain(row => row.Place == "breaches" && row.Holds("Mrs [erased] may be called."));
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Place == "orders" && ids.Any(row.Holds));
        var kept = await shop.OrderAsync(sent);
        kept.Journal.Select(entry => entry.Role).OfType<string>().ShouldBe(["fulfilment", "fulfilment", "finance"]);
        kept.RefundPromises.ShouldHaveSingleItem().Reason.ShouldBe("goodwill");
        (await shop.OrderAsync(ended)).Journal.Single(entry => entry.Kind == JournalKinds.Cancelled).Reason.ShouldBe("customer_asked");
        (await shop.EverythingStoredAsync()).ShouldContain(row => row.Place == "breaches" && row.Holds("[erased] was told. So was Bob."));
    }

    [Theory]
    [InlineData("ada@example.com", "ADA@example.com's order, <ada@example.com>!", "[erased]'s order, <[erased]>!")]
    [InlineData("a+b@example.com", "to a+b@example.com.", "to [erased].")]
    [InlineData("b@example.com", "to a+b@example.com, b@example.commerce", "to a+b@example.com, b@example.commerce")]
    [InlineData("", "nobody", "nobody")]
    [InlineData(null, "nobody", "nobody")]
    public void An_address_goes_where_it_stands_as_a_word_of_its_own(string? address, string text, string left) => new PersonInText(address).Erase(text).ShouldBe(left);

    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace's laptop, ADA  LOVELACE (and Ada, and Lovelace)", "[erased]'s laptop, [erased] (and Ada, and Lovelace)")]
    [InlineData("ludwig van beethoven", "To Ludwig van\nBeethoven.", "To [erased].")]
    [InlineData("the laptop", "The laptop was stolen; the laptop is gone.", "The laptop was stolen; the laptop is gone.")]
    [InlineData("was stolen from", "It was stolen from a van.", "It was stolen from a van.")]
    [InlineData("2026 12", "On 2026 12 03", "On 2026 12 03")]
    [InlineData("Ada Lovelace", "Ada Lovelace-Byron", "Ada Lovelace-Byron")]
    [InlineData("Ada", "Ada called.", "Ada called.")]
    public void A_name_goes_where_the_text_itself_writes_it_as_one_and_in_full(string name, string text, string left)
    {
        new PersonInText(null, name).Erase(text).ShouldBe(left);
        new PersonInText(null, name).LinesOf(text, byName: false).ShouldBeEmpty("somebody else may be called the same");
        new PersonInText(null, name).LinesOf(text, byName: true).IsEmpty.ShouldBe(left == text || text.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_calls_themselves_the_neither_reads_the_register_of_breaches_nor_tears_it_up()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(more: new() { ["measures"] = "The laptop of Bob was wiped in 2026." });
        var mallory = shop.As("mallory@example.com");
        (await mallory.CallAsync("POST", "api/account", JsonContent.Create(new { name = "the", company = "Bob", phone = "2026 " }))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var copy = await ExportFiles.FetchAsync(mallory);
        (copy.AllJson + copy.AllHtml).ShouldNotContain("laptop");
        await mallory.EraseAsync();
        (await shop.BreachAsync(id))["measures"]!.GetValue<string>().ShouldBe("The laptop of Bob was wiped in 2026.");
    }

    private static async Task<string> PaidAsync(RunningShop shop, HttpClient client, string key)
    {
        var order = await client.OrderAsync(key);
        await shop.Stripe.PayAsync(await client.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        return order;
    }
}
