using System.Net;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Payments.PayPal;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.Reconciliation;

/// <summary>A webhook that is lost after a payment costs one run of the timer, not the money.</summary>
public sealed class ReconcileEventsTests(StorageEmulator emulator)
{
    private const string List = "/v1/notifications/webhooks-events";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stripe", "dispute", "disputed")]
    [InlineData("paypal", "dispute", "disputed")]
    [InlineData("stripe", "refund", "refunded")]
    [InlineData("paypal", "refund", "refunded")]
    public async Task A_dispute_or_refund_whose_webhook_is_lost_is_found_within_one_run(string provider, string what, string status)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, provider);
        await shop.ReconcileEventsAsync();
        (await shop.ReconciliationAsync(provider))["found"]!.GetValue<int>().ShouldBe(0, "every webhook has come");

        await shop.LosePaymentAsync(provider, what);
        await stage.ShouldBeAsync("paid");
        await shop.ReconcileEventsAsync();
        await stage.ShouldBeAsync(status);
        (await shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var read = await shop.ReconciliationAsync(provider);
        read["found"]!.GetValue<int>().ShouldBeGreaterThan(0);
        read["lagSeconds"]!.GetValue<int>().ShouldBe(300);
        read["isLate"]!.GetValue<bool>().ShouldBeFalse();
        shop.Log.Entries.Where(entry => entry.Level >= LogLevel.Error).ShouldHaveSingleItem().Text.ShouldStartWith($"{provider}: {read["found"]} events never came as webhooks");

        await shop.ReconcileEventsAsync();
        (await shop.ReconciliationAsync(provider))["found"]!.ToJsonString().ShouldBe(read["found"]!.ToJsonString(), "found once");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_run_with_nothing_to_do_costs_one_read_and_a_mark_for_each_provider()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, "paypal");
        await shop.ReconcileEventsAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await shop.ReconcileEventsAsync();

        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        shop.Calls.Reset();
        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        var storage = shop.Calls.Calls.Where(call => !call.Contains("/v1/", StringComparison.Ordinal)).ToList();
        storage.Count.ShouldBe(3, string.Join('\n', shop.Calls.Calls));
        shop.Calls.Calls.Count.ShouldBe(3 + 2);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_holds_up_nobody_but_itself_and_after_an_hour_somebody_is_told()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, "paypal");
        await shop.ReconcileEventsAsync();
        await shop.LosePaymentAsync("paypal", "dispute");
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Times = 100, ShouldRetry = false });
        await shop.ReconcileEventsAsync();
        await stage.ShouldBeAsync("disputed");
        Critical().ShouldBeEmpty("a lag of minutes is none");

        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.ReconcileEventsAsync();
        Critical().ShouldHaveSingleItem().ShouldStartWith("stripe's list of events is ");
        (await shop.ReconciliationAsync("stripe"))["isLate"]!.GetValue<bool>().ShouldBeTrue();
        (await shop.ReconciliationAsync("paypal"))["isLate"]!.GetValue<bool>().ShouldBeFalse();

        shop.Stripe.Faults.Clear();
        await shop.ReconcileEventsAsync();
        (await shop.ReconciliationAsync("stripe"))["isLate"]!.GetValue<bool>().ShouldBeFalse();

        List<string> Critical() => [.. shop.Log.Entries.Where(entry => entry.Level == LogLevel.Critical).Select(entry => entry.Text)];
    }

    [Theory]
    [InlineData("stripe", ApiFaultKind.Unauthorized, "/v1/events")]
    [InlineData("paypal", ApiFaultKind.Forbidden, List)]
    public async Task Issue_10_7_a_key_that_may_not_read_the_list_is_told_at_once_and_what_it_hid_is_found_once_it_may(string provider, ApiFaultKind kind, string path)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, provider);
        await shop.ReconcileEventsAsync();
        await shop.LosePaymentAsync(provider, "dispute");
        var faults = provider == "stripe" ? shop.Stripe.Faults : shop.PayPal.Faults;
        faults.Add(new ApiFault(kind) { Times = 5, Path = path });
        await shop.ReconcileEventsAsync();
        shop.Log.Entries.Where(entry => entry.Level == LogLevel.Critical).ShouldHaveSingleItem().Text
            .ShouldStartWith($"{provider} does not let this shop do that: {(kind == ApiFaultKind.Forbidden ? 403 : 401)}");
        (await shop.ReconciliationAsync(provider == "stripe" ? "paypal" : "stripe"))["lagSeconds"]!.GetValue<int>().ShouldBe(300, "the other one is read");
        await stage.ShouldBeAsync("paid");

        faults.Clear();
        await shop.ReconcileEventsAsync();
        await stage.ShouldBeAsync("disputed");
    }

    [Fact]
    public async Task A_long_list_is_read_in_parts_and_gone_on_with_where_it_was_cut_off()
    {
        const int Pages = ReconcileEvents.MostPages + 5;
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        await new OrderStore(shop.Tables()).AddAsync(SampleOrders.Unpaid, Stop);
        var (asked, broken) = (new List<string>(), -1);
        host.Answers[List] = context =>
        {
            var page = int.TryParse(context.Request.Query["index_id"], out var index) ? index : 0;
            if (page == broken) context.Response.StatusCode = 503;
            asked.Add(context.Request.QueryString.Value!);
            return context.Response.WriteAsync(PageOf(page, isLast: page == Pages - 1));
        };

        broken = 7;
        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(7);
        var mark = (await shop.ReconciliationAsync("paypal"))["readTo"]!.ToJsonString();

        broken = -1;
        asked.Clear();
        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        asked.Count.ShouldBe(ReconcileEvents.MostPages - 2, "the rest of the list");
        asked[0].ShouldContain("index_id=7");
        (await shop.ReconciliationAsync("paypal"))["readTo"]!.ToJsonString().ShouldNotBe(mark);
        (await shop.ReconciliationAsync("paypal"))["found"]!.GetValue<int>().ShouldBe(Pages);
        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(Pages);

        // What cannot be read is set aside once, however often the overlap brings it.
        (await shop.PoisonedAsync(StorageNames.PaymentEvents)).ShouldBe(Pages);
        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        (await shop.PoisonedAsync(StorageNames.PaymentEvents)).ShouldBe(Pages);
    }

    [Fact]
    public async Task One_run_reads_so_many_pages_and_no_more()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        var asked = 0;
        host.Answers[List] = context => context.Response.WriteAsync(
            $$"""{"events":[{"id":"WH-{{++asked}}","event_type":"OTHER"}],"links":[{"rel":"next","href":"https://api.sandbox.paypal.com{{List}}?index_id={{asked}}"}]}""");
        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        asked.ShouldBe(ReconcileEvents.MostPages);
        (await shop.ReconciliationAsync("paypal"))["isLate"]!.GetValue<bool>().ShouldBeTrue("the mark has not moved");
    }

    [Fact]
    public async Task A_place_that_the_provider_has_forgotten_begins_the_period_anew()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        var asked = new List<string>();
        host.Answers[List] = context =>
        {
            asked.Add(context.Request.QueryString.Value!);
            if (asked.Count == 2) context.Response.StatusCode = 400;
            return context.Response.WriteAsync(PageOf(0, isLast: asked.Count > 2));
        };
        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        asked.Count.ShouldBe(3);
        asked[2].ShouldBe(asked[0]);
    }

    [Fact]
    public async Task Issue_10_7_one_event_that_cannot_be_compared_holds_up_no_other()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        await new OrderStore(shop.Tables()).AddAsync(SampleOrders.Unpaid, Stop);
        await shop.Tables().GetTableClient(StorageNames.Orders).UpdateEntityAsync(
            new TableEntity(SampleOrders.Unpaid.Id, OrderEntity.Row) { [nameof(OrderEntity.Ledger)] = "[{" }, Azure.ETag.All, TableUpdateMode.Merge, Stop);
        string[] events =
        [
            EventOf("UNKNOWN", "https://api.paypal.com/v2/payments/captures/UNKNOWN"),
            EventOf("SHUT1", "https://api.paypal.com/v2/payments/captures/SHUT1"),
            EventOf("SHUT2", "https://api.paypal.com/v2/payments/captures/SHUT2"),
            EventOf("DAMAGED", null, PayPalWire.OrderId),
        ];
        host.Answers[List] = context => context.Response.WriteAsync($$"""{"events":[{{string.Join(',', events)}}],"count":4,"links":[]}""");
        foreach (var (capture, status) in new[] { ("UNKNOWN", 404), ("SHUT1", 403), ("SHUT2", 403) })
        {
            host.Answers[$"/v2/payments/captures/{capture}"] = context =>
            {
                context.Response.StatusCode = status;
                return context.Response.WriteAsync($$"""{"name":"{{(status == 404 ? "RESOURCE_NOT_FOUND" : "NOT_AUTHORIZED")}}"}""");
            };
        }

        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(3, "all but the one that is none of this shop's");
        var read = await shop.ReconciliationAsync("paypal");
        (read["found"]!.GetValue<int>(), read["lagSeconds"]!.GetValue<int>()).ShouldBe((1, 300));
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Critical).ShouldBe(1, "it is asked once, and said once");

        static string EventOf(string id, string? up, string? order = null) => PayPalWire.Event("PAYMENT.CAPTURE.REFUNDED", PayPalWire.Refund(custom: order, up: up))
            .Replace("WH-58D329510W468432D", $"WH-{id}", StringComparison.Ordinal).Replace("1Y107995YT783435V", $"REFUND{id}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_for_operators()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await (await shop.As("finance@example.com", "Shop.Finance").CallAsync("GET", Reconciled.Path)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        var before = await shop.ReconciliationAsync("stripe");
        before["readTo"].ShouldBeNull();
        before["lagSeconds"].ShouldBeNull();
    }

    private async Task<RunningShop> StartAsync(PayPalHost host)
    {
        host.Answers["/v1/oauth2/token"] = context => context.Response.WriteAsync("""{"access_token":"token","token_type":"Bearer","expires_in":32400}""");
        return await RunningShop.StartAsync(emulator, host.Settings);
    }

    /// <summary>Three events: a refund of ours, one of nobody's, one that cannot be read.</summary>
    private static string PageOf(int page, bool isLast)
    {
        var ours = PayPalWire.Event("PAYMENT.CAPTURE.REFUNDED", PayPalWire.Refund(custom: PayPalWire.OrderId))
            .Replace("WH-58D329510W468432D", $"WH-{page}", StringComparison.Ordinal).Replace("1Y107995YT783435V", $"REFUND{page}", StringComparison.Ordinal);
        var next = isLast ? "" : $$"""{"rel":"next","href":"https://api.sandbox.paypal.com{{List}}?move_to=next&index_id={{page + 1}}"}""";
        return $$"""{"events":[{{ours}},{"id":"WH-B{{page}}","event_type":"OTHER.TYPE"},{"id":"WH-C{{page}}","event_type":"PAYMENT.CAPTURE.DENIED","create_time":"2026-11-20T12:00:00Z"}],"count":3,"links":[{{next}}]}""";
    }
}
