using System.Net;
using System.Text.Json.Nodes;
using Shop.Local.PayPal;

namespace Shop.Local.Tests.PayPal;

public sealed class OrderTests : IAsyncLifetime
{
    private PayPalUnderTest _paypal = null!;

    public async ValueTask InitializeAsync() => _paypal = await PayPalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _paypal.DisposeAsync();

    [Fact]
    public async Task A_new_order_waits_for_the_payer_whose_page_shows_what_it_costs()
    {
        var made = await _paypal.PostAsync("/v2/checkout/orders", PayPalUnderTest.AnOrder().ToJsonString(), "create-1");
        made.Status.ShouldBe(HttpStatusCode.OK);
        ((string?)made.Json["status"]).ShouldBe("PAYER_ACTION_REQUIRED");
        ((string?)made.Json["purchase_units"]![0]!["custom_id"]).ShouldBe("order-1");
        var link = ((JsonArray)made.Json["links"]!).Single(link => (string?)link!["rel"] == "payer-action")!;
        var page = new Uri((string)link["href"]!);
        page.Query.ShouldBe($"?token={made.Json["id"]}");
        var html = await (await _paypal.BrowseAsync(page.PathAndQuery)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain("30.00 GBP");
        html.ShouldContain("S-1001");
    }

    [Fact]
    public async Task Without_a_source_of_payment_it_is_created_and_to_be_approved()
    {
        var order = PayPalUnderTest.AnOrder();
        order.Remove("payment_source");
        var made = await _paypal.PostAsync("/v2/checkout/orders", order.ToJsonString());
        made.Status.ShouldBe(HttpStatusCode.Created);
        ((string?)made.Json["status"]).ShouldBe("CREATED");
        ((JsonArray)made.Json["links"]!).Select(link => (string?)link!["rel"]).ShouldContain("approve");
    }

    [Fact]
    public async Task A_minimal_answer_has_id_status_and_links()
    {
        var made = await _paypal.SendAsync(HttpMethod.Post, "/v2/checkout/orders", PayPalUnderTest.AnOrder().ToJsonString(), "create-1", prefer: null);
        made.Json.Select(member => member.Key).ShouldBe(["id", "status", "links"]);
    }

    [Theory]
    [InlineData("approve", "https://shop.example/paid?order=1&token={0}&PayerID=")]
    [InlineData("cancel", "https://shop.example/basket?token={0}")]
    public async Task The_page_sends_the_buyer_back(string choice, string where)
    {
        var order = await _paypal.OrderAsync();
        var back = await _paypal.BrowseAsync($"/checkoutnow?token={order}", ("choice", choice));
        back.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        back.Headers.Location!.OriginalString.ShouldStartWith(string.Format(null, where, order));
        (await _paypal.DeliveredTypesAsync()).ShouldBe(choice == "approve" ? ["CHECKOUT.ORDER.APPROVED"] : []);
    }

    [Fact]
    public async Task What_the_shops_address_has_behind_the_hash_stays_behind_the_query()
    {
        var order = PayPalUnderTest.AnOrder();
        order["payment_source"]!["paypal"]!["experience_context"]!["return_url"] = "https://shop.example/#/orders/1";
        var id = (string)(await _paypal.PostAsync("/v2/checkout/orders", order.ToJsonString(), "create-1")).Json["id"]!;
        var back = await _paypal.BrowseAsync($"/checkoutnow?token={id}", ("choice", "approve"));
        back.Headers.Location!.OriginalString.ShouldMatch($"^https://shop.example/\\?token={id}&PayerID=[0-9A-Z]+#/orders/1$");
    }

    [Fact]
    public async Task A_buyer_may_approve_and_not_come_back_and_the_shop_hears_of_it_all_the_same()
    {
        var order = await _paypal.OrderAsync();
        (await _paypal.BrowseAsync($"/checkoutnow?token={order}", ("choice", "approve-and-leave"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["CHECKOUT.ORDER.APPROVED"]);
        ((string?)(await _paypal.GetAsync($"/v2/checkout/orders/{order}")).Json["status"]).ShouldBe("APPROVED");
    }

    [Fact]
    public async Task Nothing_is_captured_before_the_payer_approves_and_nothing_twice()
    {
        var order = await _paypal.OrderAsync();
        (await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-1")).Failed(422, "ORDER_NOT_APPROVED");
        await _paypal.Sandbox.ApproveAsync(order);
        var captured = await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", "{}", "capture-1");
        captured.Status.ShouldBe(HttpStatusCode.Created);
        var capture = captured.Json["purchase_units"]![0]!["payments"]!["captures"]![0]!;
        ((string?)capture["status"]).ShouldBe("COMPLETED");
        ((string?)capture["amount"]!["value"]).ShouldBe("30.00");
        ((string?)capture["custom_id"]).ShouldBe("order-1");
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED", "CHECKOUT.ORDER.COMPLETED"]);

        (await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-2")).Failed(422, "ORDER_ALREADY_CAPTURED");
        var replayed = await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-1");
        replayed.Status.ShouldBe(HttpStatusCode.OK);
        ((string?)replayed.Json["purchase_units"]![0]!["payments"]!["captures"]![0]!["id"]).ShouldBe((string?)capture["id"]);
        _paypal.Sandbox.Captures.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_declined_card_leaves_the_order_approved_until_the_buyer_chooses_another()
    {
        var order = await _paypal.OrderAsync();
        await _paypal.Sandbox.ApproveAsync(order, BuyerChoice.ApprovesWithDeclinedCard);
        var declined = await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-1");
        declined.Failed(422, "INSTRUMENT_DECLINED");
        ((JsonArray)declined.Json["links"]!).Select(link => (string?)link!["rel"]).ShouldContain("redirect");
        (await _paypal.BrowseAsync($"/checkoutnow?token={order}", ("choice", "approve-declined"), ("code", "PAYER_ACCOUNT_RESTRICTED"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-1")).Failed(422, "PAYER_ACCOUNT_RESTRICTED");
        (await _paypal.BrowseAsync($"/checkoutnow?token={order}", ("choice", "approve"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-1")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_order_of_the_same_invoice_is_not_captured_again()
    {
        await _paypal.CapturedAsync();
        var second = (string)(await _paypal.PostAsync("/v2/checkout/orders", PayPalUnderTest.AnOrder().ToJsonString(), "create-2")).Json["id"]!;
        await _paypal.Sandbox.ApproveAsync(second);
        (await _paypal.PostAsync($"/v2/checkout/orders/{second}/capture", requestId: "capture-2")).Failed(422, "DUPLICATE_INVOICE_ID");
    }

    [Fact]
    public async Task An_order_that_nobody_pays_for_is_gone_after_six_hours()
    {
        var order = await _paypal.OrderAsync();
        _paypal.Clock.Advance(TimeSpan.FromHours(6));
        (await _paypal.GetAsync($"/v2/checkout/orders/{order}")).Failed(404, "INVALID_RESOURCE_ID");
        (await _paypal.BrowseAsync($"/checkoutnow?token={order}")).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task An_approval_may_be_taken_back_before_the_capture()
    {
        var order = await _paypal.OrderAsync();
        await _paypal.Sandbox.ApproveAsync(order);
        await _paypal.Sandbox.ReverseApprovalAsync(order);
        (await _paypal.DeliveredTypesAsync()).ShouldBe(["CHECKOUT.ORDER.APPROVED", "CHECKOUT.PAYMENT-APPROVAL.REVERSED"]);
        (await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-1")).Failed(422, "ORDER_NOT_APPROVED");
    }

    [Theory]
    [InlineData("value", "30.01", 422, "AMOUNT_MISMATCH")]
    [InlineData("value", "30.001", 422, "DECIMAL_PRECISION")]
    [InlineData("value", "30,00", 400, "INVALID_PARAMETER_SYNTAX")]
    [InlineData("value", "0.00", 422, "CANNOT_BE_ZERO_OR_NEGATIVE")]
    [InlineData("currency_code", "XAU", 422, "INVALID_CURRENCY_CODE")]
    [InlineData("currency_code", "EUR", 422, "MULTI_CURRENCY_ORDER")]
    public async Task A_wrong_amount_is_refused(string member, string value, int status, string issue)
    {
        var order = PayPalUnderTest.AnOrder();
        order["purchase_units"]![0]!["amount"]![member] = value;
        (await _paypal.PostAsync("/v2/checkout/orders", order.ToJsonString(), "create-1")).Failed(status, issue);
        _paypal.Sandbox.Orders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("JPY")]
    [InlineData("HUF")]
    [InlineData("TWD")]
    public async Task Currencies_without_decimals_at_paypal_take_none(string currency) =>
        (await _paypal.PostAsync("/v2/checkout/orders", PayPalUnderTest.AnOrder(currency: currency).ToJsonString(), "create-1")).Failed(422, "DECIMALS_NOT_SUPPORTED");

    [Fact]
    public async Task Items_must_add_up_to_their_total_and_their_tax()
    {
        async Task Refused(Action<JsonNode> change, string issue)
        {
            var order = PayPalUnderTest.AnOrder();
            change(order["purchase_units"]![0]!);
            (await _paypal.PostAsync("/v2/checkout/orders", order.ToJsonString(), "create-1")).Failed(422, issue);
        }

        await Refused(unit => unit["items"]![0]!["quantity"] = "3", "ITEM_TOTAL_MISMATCH");
        await Refused(unit => unit["items"]![0]!["tax"]!["value"] = "2.40", "TAX_TOTAL_MISMATCH");
        await Refused(unit => ((JsonObject)unit["amount"]!).Remove("breakdown"), "ITEM_TOTAL_REQUIRED");
    }

    [Fact]
    public async Task What_is_missing_or_too_long_is_refused_by_name()
    {
        var order = PayPalUnderTest.AnOrder();
        order.Remove("intent");
        var refused = await _paypal.PostAsync("/v2/checkout/orders", order.ToJsonString(), "create-1");
        refused.Failed(400, "MISSING_REQUIRED_PARAMETER");
        ((string?)refused.Json["details"]![0]!["field"]).ShouldBe("/intent");
        order = PayPalUnderTest.AnOrder(invoice: new string('x', 128));
        (await _paypal.PostAsync("/v2/checkout/orders", order.ToJsonString(), "create-1")).Failed(400, "INVALID_STRING_LENGTH");
        order = PayPalUnderTest.AnOrder();
        order["purchase_units"]![0]!["items"]![0]!["name"] = " ";
        (await _paypal.PostAsync("/v2/checkout/orders", order.ToJsonString(), "create-1")).Failed(400, "MISSING_REQUIRED_PARAMETER");
        (await _paypal.PostAsync("/v2/checkout/orders", "{", "create-1")).Failed(400, "MALFORMED_REQUEST_JSON");
        (await _paypal.PostAsync("/v2/checkout/orders", PayPalUnderTest.AnOrder().ToJsonString())).Failed(400, "PAYPAL_REQUEST_ID_REQUIRED");
    }
}
