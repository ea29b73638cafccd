using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Payments.PayPal;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;
using Stripe;

namespace Shop.Functions.Tests.Operations;

/// <summary>What a provider told in a period is told again, from the provider's own list.</summary>
public sealed class ReplayEventsTests(StorageEmulator emulator)
{
    private const string Path = "api/operations/replay";
    private const string List = "/v1/notifications/webhooks-events";

    private static readonly string Last =
        $$$$"""{"object":"list","has_more":false,"data":[{"id":"evt_x","object":"event","api_version":"{{{{StripeConfiguration.ApiVersion}}}}","created":1700000000,"livemode":false,"pending_webhooks":0,"type":"customer.created","data":{"object":{"id":"cus_1","object":"customer"}}}]}""";

    [Theory]
    [InlineData("stripe", "checkout.session.completed")]
    [InlineData("paypal", "CHECKOUT.ORDER.APPROVED")]
    public async Task Lost_events_are_listed_and_then_told_again(string provider, string type)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        if (provider == "stripe") await shop.Stripe.PayAsync(await stage.Person.CheckoutAsync(stage.OrderId), PaymentOutcome.Succeeds);
        else await shop.PayPal.ApproveAsync(await stage.Person.PayPalCheckoutAsync(stage.OrderId));
        await shop.LoseWebhooksAsync();

        var dry = await ReplayAsync(shop, Body(shop, provider));
        dry["dryRun"]!.GetValue<bool>().ShouldBeTrue();
        dry["byType"]![type]!.GetValue<int>().ShouldBe(1);
        dry["payments"]!.AsArray().ShouldContain(item => item!["type"]!.GetValue<string>() == type && item["orderId"]!.GetValue<string>() == stage.OrderId);
        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(0);
        await stage.ShouldBeAsync("awaiting");

        var wet = await ReplayAsync(shop, Body(shop, provider, dryRun: false));
        wet["payments"]!.ToJsonString().ShouldBe(dry["payments"]!.ToJsonString());
        wet["continuation"].ShouldBeNull();
        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(wet["payments"]!.AsArray().Count);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");

        // What the order knows already changes nothing.
        await ReplayAsync(shop, Body(shop, provider, dryRun: false));
        await shop.SettleAsync();
        await shop.ShouldHoldAsync();
        await stage.ShouldBeAsync("paid");
    }

    [Fact]
    public async Task A_long_period_is_done_in_parts()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        var asked = new List<string>();
        host.Answers[List] = context =>
        {
            asked.Add(context.Request.QueryString.Value!);
            var page = int.TryParse(context.Request.Query["index_id"], out var index) ? index : 0;
            return context.Response.WriteAsync(PageOf(page, isLast: page == 4));
        };

        var first = await ReplayAsync(shop, Body(shop, "paypal", dryRun: false));
        first["payments"]!.AsArray().Count.ShouldBe(3);
        first["ignored"]!.GetValue<int>().ShouldBe(3);
        first["setAside"]!.AsArray().Count.ShouldBe(3);
        first["setAside"]![0]!["reason"]!.GetValue<string>().ShouldBe("no_resource");
        var second = await ReplayAsync(shop, Body(shop, "paypal", dryRun: false, continuation: first["continuation"]!.GetValue<string>()));
        second["payments"]!.AsArray().Count.ShouldBe(2);
        second["continuation"].ShouldBeNull();

        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(5);
        (await shop.PoisonedAsync(StorageNames.PaymentEvents)).ShouldBe(5);
        asked.Count.ShouldBe(5);
        asked.ShouldAllBe(query => query.Contains("page_size=100", StringComparison.Ordinal) && query.Contains("start_time=", StringComparison.Ordinal));
        asked[^1].ShouldContain("index_id=4");
    }

    [Fact]
    public async Task Stripes_list_is_read_to_its_end_too_and_one_event_that_cannot_be_read_hides_no_other()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await RunningShop.StartAsync(emulator, new Dictionary<string, string?> { ["Stripe:ApiBase"] = host.Settings["PayPal:ApiBase"] });
        host.Answers["/v1/events"] = context =>
        {
            var after = context.Request.Query["starting_after"].ToString();
            context.Request.Query["limit"].ToString().ShouldBe("100");
            return context.Response.WriteAsync(after.Length == 0
                ? """{"object":"list","url":"/v1/events","has_more":true,"data":[{"id":"evt_2","object":"event","created":null,"type":"refund.created"}]}"""
                : Last.Replace("evt_x", after + "1", StringComparison.Ordinal));
        };
        var answer = await ReplayAsync(shop, Body(shop, "stripe"));
        answer["setAside"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe("evt_2");
        answer["ignored"]!.GetValue<int>().ShouldBe(1);
        host.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_link_to_the_next_page_leads_nowhere_but_to_paypal()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        host.Answers[List] = context => context.Response.WriteAsync(context.Request.Query["index_id"] == "1"
            ? """{"events":[],"count":0}"""
            : """{"events":[{"id":"WH-1","event_type":"OTHER"}],"links":[{"rel":"next","href":"https://evil.example/other?index_id=1&page_size=9&start_time=2001-01-01T00:00:00Z"}]}""");
        (await ReplayAsync(shop, Body(shop, "paypal")))["ignored"]!.GetValue<int>().ShouldBe(1);
        host.Asked.Count(one => one.Call == $"GET {List}").ShouldBe(2);
    }

    [Fact]
    public async Task Periods_that_make_no_sense_are_refused()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var now = shop.Clock.GetUtcNow();
        await InvalidAsync(new { provider = "visa", from = now.AddDays(-1), to = now }, "provider");
        await InvalidAsync(new { provider = "stripe", from = now.AddDays(-31), to = now }, "from");
        await InvalidAsync(new { provider = "stripe", from = now.AddHours(1), to = now.AddHours(2) }, "from");
        await InvalidAsync(new { provider = "paypal", from = now.AddDays(-1), to = now.AddDays(-1) }, "to");
        await InvalidAsync(new { provider = "paypal", from = now.AddDays(-1), to = now.AddDays(-2) }, "to");
        await InvalidAsync(new { provider = "paypal", from = now.AddDays(-1), to = now.AddDays(30) }, "to");
        await InvalidAsync(new { provider = "paypal", from = now.AddDays(-1), to = now, continuation = "!" }, "continuation");
        await InvalidAsync(new { provider = "paypal", from = now.AddDays(-1), to = now, continuation = "" }, "continuation");
        await InvalidAsync(new { provider = "stripe", from = "yesterday", to = now }, "from");
        await InvalidAsync(new { provider = "stripe", to = now }, "from");
        // One that this shop never gave out: the provider does not know the place.
        await InvalidAsync(new { provider = "stripe", from = now.AddDays(-1), to = now, continuation = "ZXZ0X25vbmU" }, "continuation");

        async Task InvalidAsync(object body, string member)
        {
            var problem = await (await SendAsync(shop, body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
            problem["errors"]!.AsObject().Select(error => error.Key).ShouldHaveSingleItem().ShouldBe(member);
        }
    }

    [Fact]
    public async Task It_is_for_operators()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var now = shop.Clock.GetUtcNow();
        var body = new { provider = "stripe", from = now.AddDays(-1), to = now };
        await (await SendAsync(shop, body, shop.Anonymous())).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        await (await SendAsync(shop, body, shop.As("finance@example.com", "Shop.Finance"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
    }

    [Theory]
    [InlineData("stripe")]
    [InlineData("paypal")]
    public async Task While_the_provider_does_not_answer_it_says_so(string provider)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Times = 10, ShouldRetry = false });
        shop.PayPal.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Times = 10 });
        await (await SendAsync(shop, Body(shop, provider))).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
    }

    private static object Body(RunningShop shop, string provider, bool? dryRun = null, string? continuation = null)
    {
        var now = shop.Clock.GetUtcNow();
        var body = new JsonObject { ["provider"] = provider, ["from"] = now.AddDays(-1).ToString("O"), ["to"] = now.AddMinutes(1).ToString("O") };
        if (dryRun is { } dry) body["dryRun"] = dry;
        if (continuation is not null) body["continuation"] = continuation;
        return body;
    }

    private static async Task<JsonNode> ReplayAsync(RunningShop shop, object body)
    {
        var response = await SendAsync(shop, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.TextAsync());
        return await response.JsonAsync();
    }

    private static Task<HttpResponseMessage> SendAsync(RunningShop shop, object body, HttpClient? client = null) =>
        (client ?? shop.As("operator@example.com", "Shop.Operator")).CallAsync("POST", Path, System.Net.Http.Json.JsonContent.Create(body));

    private async Task<RunningShop> StartAsync(PayPalHost host)
    {
        host.Answers["/v1/oauth2/token"] = context => context.Response.WriteAsync("""{"access_token":"token","token_type":"Bearer","expires_in":32400}""");
        return await RunningShop.StartAsync(emulator, host.Settings);
    }

    /// <summary>Three events: one of ours, one of nobody's, one that cannot be read.</summary>
    private static string PageOf(int page, bool isLast)
    {
        var ours = PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture()).Replace("WH-58D329510W468432D", $"WH-{page}", StringComparison.Ordinal);
        var next = isLast ? "" : $$"""{"rel":"next","href":"https://api.sandbox.paypal.com{{List}}?start_time=x&move_to=next&index_id={{page + 1}}"}""";
        return $$"""{"events":[{{ours}},{"id":"WH-B{{page}}","event_type":"OTHER.TYPE"},{"id":"WH-C{{page}}","event_type":"PAYMENT.CAPTURE.DENIED","create_time":"2026-11-20T12:00:00Z"}],"count":3,"links":[{{next}}]}""";
    }
}
