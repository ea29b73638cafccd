using System.Net;
using System.Text.Json.Nodes;
using Shop.Local.Stripe;

namespace Shop.Local.Tests.Stripe;

public sealed class CheckoutTests : IAsyncLifetime
{
    private SandboxUnderTest _stripe = null!;

    public async ValueTask InitializeAsync() => _stripe = await SandboxUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _stripe.DisposeAsync();

    [Fact]
    public async Task A_new_session_is_open_and_unpaid_and_has_no_payment_intent_yet()
    {
        var session = (await _stripe.CreateSessionAsync()).Succeeded();
        ((string?)session["id"]).ShouldStartWith("cs_test_");
        ((string?)session["object"]).ShouldBe("checkout.session");
        ((string?)session["status"]).ShouldBe("open");
        ((string?)session["payment_status"]).ShouldBe("unpaid");
        ((long)session["amount_total"]!).ShouldBe(2500);
        ((string?)session["currency"]).ShouldBe("gbp");
        session.ShouldContainKey("payment_intent");
        session["payment_intent"].ShouldBeNull();
        session.ShouldNotContainKey("line_items");
        ((string?)session["metadata"]!["orderId"]).ShouldBe("order-1");
        ((bool)session["livemode"]!).ShouldBeFalse();
        ((long)session["expires_at"]!).ShouldBe((long)session["created"]! + 24 * 3600);
    }

    [Fact]
    public async Task Lists_may_be_numbered_or_not()
    {
        var form = SandboxUnderTest.SessionForm().Replace("line_items[0]", "line_items[]", StringComparison.Ordinal)
            + "&line_items[][quantity]=1&line_items[][price_data][currency]=gbp&line_items[][price_data][unit_amount]=300"
            + "&line_items[][price_data][product_data][name]=Fan&payment_method_types[]=card&expand[]=line_items";
        var session = (await _stripe.PostAsync("/v1/checkout/sessions", form)).Succeeded();
        ((long)session["amount_total"]!).ShouldBe(2800);
        ((JsonArray)session["line_items"]!["data"]!).Count.ShouldBe(2);
        session["payment_method_types"]!.ToJsonString().ShouldBe("[\"card\"]");
    }

    [Theory]
    [InlineData("mode", null, "parameter_missing", "mode")]
    [InlineData("mode", "sell", null, "mode")]
    [InlineData("success_url", null, "parameter_missing", "success_url")]
    [InlineData("success_url", "/paid", "url_invalid", "success_url")]
    [InlineData("success_url", "javascript:alert(1)", "url_invalid", "success_url")]
    [InlineData("cancel_url", "basket", "url_invalid", "cancel_url")]
    [InlineData("line_items[0][price_data][currency]", "zzz", null, "line_items[0][price_data][currency]")]
    [InlineData("line_items[0][price_data][unit_amount]", "12.5", "parameter_invalid_integer", "line_items[0][price_data][unit_amount]")]
    [InlineData("line_items[0][price_data][unit_amount]", "-1", "parameter_invalid_integer", "line_items[0][price_data][unit_amount]")]
    [InlineData("line_items[0][price_data][unit_amount]", "14", "amount_too_small", "line_items")]
    [InlineData("line_items[0][price_data][unit_amount]", "99999999", "amount_too_large", "line_items[0][price_data][unit_amount]")]
    [InlineData("line_items[0][price_data][product_data][name]", "", "parameter_invalid_empty", "line_items[0][price_data][product_data][name]")]
    [InlineData("line_items[0][price_data][product_data][name]", " ", "parameter_invalid_string_blank", "line_items[0][price_data][product_data][name]")]
    [InlineData("line_items[0][price_data][currency]", "huf", "amount_too_small", "line_items")]
    [InlineData("line_items[0][quantity]", null, "parameter_missing", "line_items[0][quantity]")]
    [InlineData("line_items[0][quantity]", "0", "parameter_invalid_integer", "line_items[0][quantity]")]
    [InlineData("expires_at", "1772445599", null, "expires_at")]
    [InlineData("expires_at", "1772530201", null, "expires_at")]
    [InlineData("expires_at", "tomorrow", "parameter_invalid_integer", "expires_at")]
    [InlineData("customer_email", "nobody", "email_invalid", "customer_email")]
    [InlineData("colour", "blue", "parameter_unknown", "colour")]
    [InlineData("line_items[0][colour]", "blue", "parameter_unknown", "line_items[0][colour]")]
    [InlineData("ui_mode", "hosted", null, "ui_mode")]
    [InlineData("automatic_tax[enabled]", "true", "sandbox_unsupported", "automatic_tax")]
    public async Task A_session_with_a_wrong_parameter_is_refused_with_its_name(string name, string? value, string? code, string param)
    {
        var (type, refusedCode, refusedParam) = (await _stripe.CreateSessionAsync(null, (name, value))).Failed(400);
        type.ShouldBe("invalid_request_error");
        refusedCode.ShouldBe(code);
        refusedParam.ShouldBe(param);
        _stripe.Sandbox.Sessions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1772445600")]
    [InlineData("1772530200")]
    public async Task A_session_may_live_between_thirty_minutes_and_a_day(string expiresAt)
    {
        var session = (await _stripe.CreateSessionAsync(null, ("expires_at", expiresAt))).Succeeded();
        session["expires_at"]!.ToJsonString().ShouldBe(expiresAt);
    }

    [Fact]
    public async Task Metadata_has_limits()
    {
        (await _stripe.CreateSessionAsync(null, ("metadata[" + new string('k', 41) + "]", "v"))).Failed(400);
        (await _stripe.CreateSessionAsync(null, ("metadata[k]", new string('v', 501)))).Failed(400);
        var many = Enumerable.Range(0, 50).Select(i => ($"metadata[k{i}]", (string?)"v")).ToArray();
        (await _stripe.CreateSessionAsync(null, many)).Failed(400);
        (await _stripe.CreateSessionAsync(null, many[..49])).Succeeded();
    }

    [Fact]
    public async Task A_session_has_at_most_a_hundred_lines()
    {
        (string, string?)[] Lines(int count) => [.. Enumerable.Range(1, count - 1).SelectMany(i => new (string, string?)[]
        {
            ($"line_items[{i}][quantity]", "1"),
            ($"line_items[{i}][price_data][currency]", "gbp"),
            ($"line_items[{i}][price_data][unit_amount]", "100"),
            ($"line_items[{i}][price_data][product_data][name]", "Fan"),
        })];
        (await _stripe.CreateSessionAsync(null, Lines(101))).Failed(400).Param.ShouldBe("line_items");
        (await _stripe.CreateSessionAsync(null, Lines(100))).Succeeded();
    }

    [Fact]
    public async Task The_payment_page_shows_the_lines_and_the_total_and_sends_the_buyer_back_with_the_session_id()
    {
        var session = (await _stripe.CreateSessionAsync()).Succeeded();
        var url = new Uri((string)session["url"]!);
        var page = await (await _stripe.BrowseAsync(url.AbsolutePath)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("Rack shelf &amp; &lt;rails&gt;");
        page.ShouldContain("25.00 GBP");

        var answer = await _stripe.BrowseAsync(url.AbsolutePath, ("outcome", "pay"), ("email", "ada@example.com"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe($"https://shop.example/paid?session={session["id"]}");

        var paid = (await _stripe.GetAsync($"/v1/checkout/sessions/{session["id"]}")).Succeeded();
        ((string?)paid["status"]).ShouldBe("complete");
        ((string?)paid["payment_status"]).ShouldBe("paid");
        ((string?)paid["customer_details"]!["email"]).ShouldBe("ada@example.com");
        paid["url"].ShouldBeNull();
        (await _stripe.BrowseAsync(url.AbsolutePath, ("outcome", "pay"))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_buyer_who_goes_back_leaves_the_session_open()
    {
        var id = await _stripe.SessionAsync();
        var answer = await _stripe.BrowseAsync($"/c/pay/{id}", ("outcome", "back"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("https://shop.example/basket");
        _stripe.Sandbox.Sessions.Single().Status.ShouldBe("open");
        _stripe.Sandbox.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_paid_session_raises_its_events_in_the_order_of_the_real_ones()
    {
        await _stripe.PaidAsync();
        (await _stripe.DeliveredTypesAsync()).ShouldBe(
            ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed", "charge.updated"]);
    }

    [Fact]
    public async Task A_declined_card_leaves_the_session_open_for_another_try_with_the_same_payment_intent()
    {
        var id = await _stripe.SessionAsync();
        (await _stripe.BrowseAsync($"/c/pay/{id}", ("outcome", "decline"))).Headers.Location!.OriginalString.ShouldBe($"/c/pay/{id}?declined");
        var declined = (await _stripe.GetAsync($"/v1/checkout/sessions/{id}?expand[0]=payment_intent")).Succeeded();
        ((string?)declined["status"]).ShouldBe("open");
        ((string?)declined["payment_intent"]!["status"]).ShouldBe("requires_payment_method");
        ((string?)declined["payment_intent"]!["last_payment_error"]!["code"]).ShouldBe("card_declined");
        (await _stripe.DeliveredTypesAsync()).ShouldBe(["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]);

        var paid = await _stripe.Sandbox.PayAsync(id, PaymentOutcome.Succeeds);
        paid.PaymentIntentId.ShouldBe((string?)declined["payment_intent"]!["id"]);
        (await _stripe.DeliveredTypesAsync()).ShouldNotContain("payment_intent.created");
    }

    [Theory]
    [InlineData(PaymentOutcome.SucceedsLater, "checkout.session.async_payment_succeeded", "paid", 2500)]
    [InlineData(PaymentOutcome.FailsLater, "checkout.session.async_payment_failed", "unpaid", 0)]
    public async Task A_bank_debit_completes_the_session_now_and_is_paid_or_not_later(
        PaymentOutcome outcome, string eventType, string paymentStatus, long charged)
    {
        var id = await _stripe.SessionAsync();
        await _stripe.Sandbox.PayAsync(id, outcome);
        (await _stripe.DeliveredTypesAsync()).ShouldContain("checkout.session.completed");
        var pending = _stripe.Sandbox.Sessions.Single();
        (pending.Status, pending.PaymentStatus).ShouldBe(("complete", "unpaid"));

        await _stripe.Sandbox.SettlePaymentAsync(id);
        (await _stripe.DeliveredTypesAsync()).ShouldContain(eventType);
        _stripe.Sandbox.Sessions.Single().PaymentStatus.ShouldBe(paymentStatus);
        _stripe.Sandbox.Books.Single().Charged.ShouldBe(charged);
    }

    [Theory]
    [InlineData(2400, 100, 0)]
    [InlineData(2600, 0, 100)]
    public async Task A_buyer_may_be_charged_another_amount_than_the_shop_asked_for(long total, long discount, long shipping)
    {
        var id = await _stripe.SessionAsync();
        (await _stripe.Sandbox.PayAsync(id, PaymentOutcome.Succeeds, total: total)).AmountTotal.ShouldBe(total);
        var session = (await _stripe.GetAsync($"/v1/checkout/sessions/{id}")).Succeeded();
        ((long)session["amount_subtotal"]!, (long)session["amount_total"]!).ShouldBe((2500, total));
        ((long)session["total_details"]!["amount_discount"]!, (long)session["total_details"]!["amount_shipping"]!).ShouldBe((discount, shipping));
        _stripe.Sandbox.Books.Single().Charged.ShouldBe(total);
    }

    [Fact]
    public async Task A_session_expires_by_the_clock()
    {
        var id = await _stripe.SessionAsync();
        _stripe.Clock.Advance(TimeSpan.FromHours(24));
        ((string?)(await _stripe.GetAsync($"/v1/checkout/sessions/{id}")).Succeeded()["status"]).ShouldBe("expired");
        (await _stripe.DeliveredTypesAsync()).ShouldBe(["checkout.session.expired"]);
        (await _stripe.BrowseAsync($"/c/pay/{id}")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        await Should.ThrowAsync<InvalidOperationException>(() => _stripe.Sandbox.PayAsync(id, PaymentOutcome.Succeeds));
    }

    [Fact]
    public async Task Only_an_open_session_can_be_expired()
    {
        var id = await _stripe.SessionAsync();
        var expired = (await _stripe.PostAsync($"/v1/checkout/sessions/{id}/expire")).Succeeded();
        ((string?)expired["status"]).ShouldBe("expired");
        (await _stripe.PostAsync($"/v1/checkout/sessions/{id}/expire")).Failed(400).Type.ShouldBe("invalid_request_error");
    }
}
