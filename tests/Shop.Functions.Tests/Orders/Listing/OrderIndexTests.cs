using System.Buffers.Text;
using System.Net;
using System.Text;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Orders.Listing;

/// <summary>The list of a customer's orders, and who may read them.</summary>
public sealed class OrderIndexTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Pages_run_from_the_newest_to_the_oldest_without_gaps_or_repeats()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var placed = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            placed.Insert(0, await ada.OrderAsync($"key-{i}"));
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var pages = new List<List<string>>();
        string? continuation = null;
        do
        {
            var page = await ada.ReadAsync($"api/orders?limit=3{(continuation is null ? "" : $"&continuation={continuation}")}");
            pages.Add([.. page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())]);
            // An order placed meanwhile is newer than everything on later pages.
            if (continuation is null) await ada.OrderAsync("key-later");
            continuation = page["continuation"]?.GetValue<string>();
        }
        while (continuation is not null);

        pages.Select(page => page.Count).ShouldBe([3, 3, 2]);
        pages.SelectMany(page => page).ShouldBe(placed);
    }

    [Fact]
    public async Task The_last_page_names_no_other_even_when_it_is_full()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        (await ada.ReadAsync("api/orders")).ToJsonString().ShouldBe("""{"items":[]}""");
        for (var i = 0; i < 2; i++) await ada.OrderAsync($"key-{i}");
        var page = await ada.ReadAsync("api/orders?limit=2");
        page["items"]!.AsArray().Count.ShouldBe(2);
        page["continuation"].ShouldBeNull();
    }

    [Fact]
    public async Task The_list_tells_what_each_order_is_and_how_it_stands()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var paid = await ada.OrderAsync("key-1");
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        var left = await ada.OrderAsync("key-2");
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(paid), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromHours(25));
        await shop.LookAtAsync(left);

        var items = (await ada.ReadAsync("api/orders"))["items"]!.AsArray();
        foreach (var item in items)
        {
            var order = await ada.ReadAsync($"api/orders/{item!["id"]}");
            foreach (var member in new[] { "number", "placedAt", "gross", "cancelled" })
                item[member]!.ToJsonString().ShouldBe(order[member]!.ToJsonString(), member);
            foreach (var part in new[] { "payment", "fulfilment" }) item[part]!["status"]!.GetValue<string>().ShouldBe(order[part]!["status"]!.GetValue<string>());
        }

        items.Select(item => (item!["id"]!.GetValue<string>(), item["payment"]!["status"]!.GetValue<string>(), item["cancelled"]!.GetValue<bool>()))
            .ShouldBe([(left, "cancelled", true), (paid, "paid", false)]);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=99999999999999", "limit")]
    [InlineData("continuation=", "continuation")]
    [InlineData("continuation=abc", "continuation")]
    [InlineData("continuation=%00", "continuation")]
    [InlineData("continuation=cHJvZmlsZQ", "continuation")]
    public async Task A_bad_limit_or_continuation_is_named(string query, string member)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var problem = await (await shop.As("ada@example.com").CallAsync("GET", $"api/orders?{query}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe(member);
        shop.Calls.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_continuation_cannot_be_bent_into_another_question()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await ada.OrderAsync();
        var bob = shop.As("bob@example.com");
        foreach (var place in new[] { "order-' or PartitionKey ne '", "order-0000000000000000000-00000000000000000000000000' or true or '", "profile-0000000000000000000000000000000" })
        {
            var continuation = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));
            await (await bob.CallAsync("GET", $"api/orders?continuation={continuation}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        }

        // A place in somebody else's history is a place in one's own, which is empty.
        await ada.OrderAsync("key-2");
        var next = (await ada.ReadAsync("api/orders?limit=1"))["continuation"]!.GetValue<string>();
        (await bob.ReadAsync($"api/orders?continuation={next}"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_there()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var order = await (await shop.Customer()).OrderAsync();
        var bob = await shop.Customer("bob@example.com");
        shop.Calls.Reset();
        await (await bob.CallAsync("GET", $"api/orders/{order}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await bob.CallAsync("GET", $"api/orders/{order}/tracking")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await bob.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await bob.ReadAsync("api/orders"))["items"]!.AsArray().ShouldBeEmpty();
        shop.Calls.Writes.ShouldBeEmpty();
        shop.Stripe.Sessions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("00000000000000000000000000")]
    [InlineData("order")]
    [InlineData("..%2Forders")]
    [InlineData("%27%20or%20%271")]
    [InlineData("%F0%9F%92%A3")]
    public async Task An_order_that_never_was_is_not_there(string id)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = shop.As("ada@example.com");
        await (await ada.CallAsync("GET", $"api/orders/{id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await ada.CallAsync("GET", $"api/orders/{id}/tracking")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await ada.StartPaymentAsync(id)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
