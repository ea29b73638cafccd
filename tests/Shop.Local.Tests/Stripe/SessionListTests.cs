using System.Text.Json.Nodes;
using Shop.Local.Stripe;

namespace Shop.Local.Tests.Stripe;

/// <summary>Sessions and their lines as lists, and what their ids are made of.</summary>
public sealed class SessionListTests : IAsyncLifetime
{
    private SandboxUnderTest _stripe = null!;

    public async ValueTask InitializeAsync() => _stripe = await SandboxUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _stripe.DisposeAsync();

    [Fact]
    public async Task Sessions_are_listed_newest_first_in_pages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Insert(0, await _stripe.SessionAsync());
        var first = (await _stripe.GetAsync("/v1/checkout/sessions?limit=2")).Succeeded();
        Ids(first).ShouldBe(ids[..2]);
        ((bool)first["has_more"]!).ShouldBeTrue();
        var rest = (await _stripe.GetAsync($"/v1/checkout/sessions?limit=10&starting_after={ids[1]}")).Succeeded();
        Ids(rest).ShouldBe(ids[2..]);
        ((bool)rest["has_more"]!).ShouldBeFalse();
        Ids((await _stripe.GetAsync($"/v1/checkout/sessions?limit=2&ending_before={ids[3]}")).Succeeded()).ShouldBe(ids[1..3]);

        var paid = await _stripe.Sandbox.PayAsync(ids[3], PaymentOutcome.Succeeds);
        Ids((await _stripe.GetAsync($"/v1/checkout/sessions?payment_intent={paid.PaymentIntentId}")).Succeeded()).ShouldBe([ids[3]]);
        Ids((await _stripe.GetAsync("/v1/checkout/sessions?status=complete")).Succeeded()).ShouldBe([ids[3]]);
    }

    [Fact]
    public async Task Line_items_are_a_list_of_their_own()
    {
        var lines = (await _stripe.GetAsync($"/v1/checkout/sessions/{await _stripe.SessionAsync()}/line_items")).Succeeded();
        var line = ((JsonArray)lines["data"]!).Single()!;
        ((string?)line["description"]).ShouldBe("Rack shelf & <rails>");
        ((long)line["amount_total"]!).ShouldBe(2500);
    }

    [Fact]
    public async Task Ids_come_from_the_seed()
    {
        await using var twin = await SandboxUnderTest.StartAsync();
        (await twin.SessionAsync()).ShouldBe(await _stripe.SessionAsync());
        (await twin.SessionAsync()).ShouldNotBe(_stripe.Sandbox.Sessions[0].Id);
    }

    private static List<string> Ids(JsonObject list) => [.. ((JsonArray)list["data"]!).Select(item => (string)item!["id"]!)];
}
