using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Links;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Functions.Tracking;

namespace Shop.Functions.Tests.Tracking;

/// <summary>The link in a mail by which whoever has it sees where the goods are.</summary>
public sealed class FollowLinkTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_link_shows_where_the_goods_are_until_its_time_is_over_or_the_order_leads_to_nobody()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var orders = new OrderStore(shop.Tables());
        var order = (await orders.FindAsync(await ada.OrderAsync(), TestContext.Current.CancellationToken))!;
        var link = TrackingLink.To(order, shop.Host.Services.GetRequiredService<SignedLinks>()).PathAndQuery;
        link.ShouldNotContain(order.Id);
        var anybody = shop.Anonymous();

        shop.Calls.Reset();
        var answer = await anybody.CallAsync("GET", link);
        var shown = await answer.JsonAsync();
        shown["number"]!.GetValue<string>().ShouldBe(order.Number);
        shown["events"]!.AsArray().ShouldHaveSingleItem()!["kind"]!.GetValue<string>().ShouldBe("placed");
        shop.Calls.Calls.Count.ShouldBe(1);
        await (await anybody.GetAsync(link, answer.Tag())).ShouldBeUnchangedAsync(answer.Tag());
        var page = await anybody.CallAsync("GET", link, null, ("Accept", "text/html"));
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await page.TextAsync()).ShouldContain("We have your order.");
        page.Tag().ShouldNotBe(answer.Tag());

        shop.Calls.Reset();
        await (await anybody.CallAsync("GET", link[..^3])).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await anybody.CallAsync("GET", "api/tracking")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        shop.Calls.Calls.ShouldBeEmpty("what is no link of ours is not looked for");

        shop.Clock.Advance(TrackingLink.Lifetime - TimeSpan.FromMinutes(1));
        (await anybody.CallAsync("GET", link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await (await anybody.CallAsync("GET", link)).ShouldBeProblemAsync(HttpStatusCode.Gone, "link-expired");

        link = TrackingLink.To(order, shop.Host.Services.GetRequiredService<SignedLinks>()).PathAndQuery;
        (await anybody.CallAsync("GET", link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await orders.ChangeAsync(order.Id, Restriction.Restrict, TestContext.Current.CancellationToken);
        await (await anybody.CallAsync("GET", link)).ShouldBeProblemAsync(HttpStatusCode.Gone, "link-expired");
        var gone = await anybody.CallAsync("GET", link, null, ("Accept", "text/html"));
        gone.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await gone.TextAsync()).ShouldNotContain("effect", Case.Sensitive, "it only ever showed something");
    }
}
