using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>What PayPal leaves out of its answers, or does not answer, sends no money back twice and loses none.</summary>
public sealed class PayPalRefundTests(PayPalShop one) : IClassFixture<PayPalShop>
{
    private HttpClient Grace => one.Shop.As("grace@example.com", "Shop.Finance");

    [Fact]
    public async Task An_answer_that_leaves_out_what_it_answers_keeps_the_promise()
    {
        var order = await PaidAsync("named");
        Answer("/v2/payments/captures/named", CaptureOf(order, "named", "ORDER-named"));
        Answer("/v2/checkout/orders/ORDER-named", OrderOf(order, "named"));
        Answer("/v2/payments/captures/named/refund", Refund("R-named", "named", "478.08"));
        var promised = await PromiseAsync(order, 47_808);
        (await Grace.ReadAsync(promised))["status"]!.GetValue<string>().ShouldBe("succeeded");
        one.Shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await one.Shop.LookAtAsync(order);
        Sent("named").ShouldBe(1);
    }

    [Fact]
    public async Task A_capture_that_names_no_order_is_looked_for_in_those_that_the_shop_has_opened()
    {
        var order = await PaidAsync("nameless");
        Answer("/v2/payments/captures/nameless", CaptureOf(order, "nameless", null));
        var promised = (await Grace.RefundAsync(order, 1_000)).Headers.Location!.ToString().TrimStart('/');
        // As after a try whose answer was lost, so long ago that its key is forgotten.
        Answer("/v2/checkout/orders/ORDER-nameless", OrderOf(order, "nameless", Refund("R-nameless", "nameless", "10.00", $"{order}:{promised.Split('/')[^1]}")));
        await one.Shop.SettleAsync();
        (await Grace.ReadAsync(promised))["status"]!.GetValue<string>().ShouldBe("succeeded");
        Sent("nameless").ShouldBe(0);
    }

    [Theory]
    [InlineData("refused", "ORDER-refused")]
    [InlineData("elsewhere", null)]
    public async Task Nothing_is_sent_while_paypal_does_not_tell_what_it_has_sent(string capture, string? names)
    {
        var order = await PaidAsync(capture);
        Answer($"/v2/payments/captures/{capture}", CaptureOf(order, capture, names));
        Answer($"/v2/payments/captures/{capture}/refund", Refund($"R-{capture}", capture, "10.00"));
        if (names is null) Answer($"/v2/checkout/orders/ORDER-{capture}", OrderOf(order, "another"));
        var promised = await PromiseAsync(order, 1_000);
        Sent(capture).ShouldBe(0);
        (await Grace.ReadAsync(promised))["status"]!.GetValue<string>().ShouldBe("requested");

        Answer($"/v2/checkout/orders/ORDER-{capture}", OrderOf(order, capture));
        await one.Shop.LookAtAsync(order);
        Sent(capture).ShouldBe(1);
        (await Grace.ReadAsync(promised))["status"]!.GetValue<string>().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_payment_that_paypal_does_not_know_is_a_refund_that_fails()
    {
        var order = await PaidAsync("unknown");
        await PromiseAsync(order, 1_000);
        Sent("unknown").ShouldBe(1);
        (await one.Shop.OrderAsync(order)).Ledger.Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Failed }).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_pending_capture_is_asked_about_itself_once_paypal_does_not_show_its_order()
    {
        var order = await PaidAsync("pending", FactStatus.Pending);
        await one.Shop.LookAtAsync(order);
        (await one.Shop.OrderAsync(order)).Ledger.ShouldHaveSingleItem().Status.ShouldBe(FactStatus.Pending, "PayPal tells nothing of it");
        Answer("/v2/payments/captures/pending", CaptureOf(order, "pending", "ORDER-pending"));
        await one.Shop.LookAtAsync(order);
        var known = await one.Shop.OrderAsync(order);
        known.Ledger.ShouldHaveSingleItem().Status.ShouldBe(FactStatus.Completed);
        known.Checkouts.ShouldHaveSingleItem().State.ShouldBe(CheckoutState.Completed);
    }

    /// <summary>An order with a capture of this id, in an order at PayPal that answers nothing yet.</summary>
    private async Task<string> PaidAsync(string capture, FactStatus status = FactStatus.Completed)
    {
        Answer("/v1/oauth2/token", new { scope = "", access_token = "A", token_type = "Bearer", app_id = "APP", expires_in = 32_400, nonce = "n" });
        var id = await (await one.Shop.Customer()).OrderAsync($"key-{capture}");
        await new OrderStore(one.Shop.Tables()).ChangeAsync(
            id,
            order => order
                .With(new Checkout
                {
                    Provider = Providers.PayPal,
                    Attempt = 1,
                    Id = $"ORDER-{capture}",
                    State = CheckoutState.Completed,
                    StartedAt = order.PlacedAt,
                    ExpiresAt = order.PlacedAt.AddHours(3),
                })
                .With(new LedgerEntry(FactKind.Capture, Providers.PayPal, capture, null, order.Gross, order.Currency, status, order.PlacedAt)),
            TestContext.Current.CancellationToken);
        return id;
    }

    /// <returns>The path of the promise, once the shop has done what it can.</returns>
    private async Task<string> PromiseAsync(string order, long amount)
    {
        var promised = (await Grace.RefundAsync(order, amount)).Headers.Location!.ToString().TrimStart('/');
        await one.Shop.SettleAsync();
        return promised;
    }

    private int Sent(string capture) => one.Host.Asked.Count(asked => asked.Call == $"POST /v2/payments/captures/{capture}/refund");

    private void Answer(string path, object answer) => one.Host.Answers[path] = context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer as string ?? JsonSerializer.Serialize(answer));
    };

    private static JsonObject CaptureOf(string order, string id, string? paypalOrder)
    {
        var capture = JsonSerializer.SerializeToNode(PayPalWire.Capture(custom: order, value: "597.60"))!.AsObject();
        capture["id"] = id;
        if (paypalOrder is null) capture.Remove("supplementary_data");
        else capture["supplementary_data"]!["related_ids"]!["order_id"] = paypalOrder;
        return capture;
    }

    private static JsonObject OrderOf(string order, string capture, params JsonObject[] refunds)
    {
        var shown = PayPalWire.Order("COMPLETED", custom: order, payments: new { captures = new[] { CaptureOf(order, capture, null) }, refunds });
        shown["id"] = $"ORDER-{capture}";
        return shown;
    }

    /// <param name="custom">PayPal leaves it out of some answers.</param>
    private static JsonObject Refund(string id, string capture, string value, string? custom = null)
    {
        var refund = JsonSerializer.SerializeToNode(PayPalWire.Refund(value: value, custom: custom, up: $"https://api.paypal.com/v2/payments/captures/{capture}"))!.AsObject();
        refund["id"] = id;
        if (custom is null) refund.Remove("custom_id");
        return refund;
    }
}
