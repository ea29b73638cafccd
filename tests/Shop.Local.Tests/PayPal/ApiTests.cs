using System.Net;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.PayPal;

public sealed class ApiTests : IAsyncLifetime
{
    private PayPalUnderTest _paypal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _paypal = await PayPalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _paypal.DisposeAsync();

    [Fact]
    public async Task A_token_lasts_nine_hours()
    {
        var json = JsonNode.Parse(await (await _paypal.FetchTokenAsync()).Content.ReadAsStringAsync(Stop))!;
        ((string?)json["token_type"]).ShouldBe("Bearer");
        ((int)json["expires_in"]!).ShouldBe(32_400);
        await _paypal.OrderAsync();
        _paypal.Clock.Advance(TimeSpan.FromHours(9));
        var refused = await _paypal.GetAsync("/v2/checkout/orders/X");
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        ((string?)refused.Json["error"]).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task A_wrong_secret_gets_no_token_and_a_revoked_token_nothing()
    {
        (await _paypal.FetchTokenAsync(secret: "guess")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await _paypal.OrderAsync();
        await _paypal.Sandbox.RevokeTokensAsync();
        (await _paypal.GetAsync("/v2/checkout/orders/X")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_request_id_makes_one_order_and_shows_how_it_stands_for_six_hours()
    {
        var first = await _paypal.OrderAsync();
        await _paypal.Sandbox.ApproveAsync(first);
        var again = await _paypal.PostAsync("/v2/checkout/orders", PayPalUnderTest.AnOrder().ToJsonString(), "create-S-1001");
        (again.Status, (string?)again.Json["id"], (string?)again.Json["status"]).ShouldBe((HttpStatusCode.OK, first, "APPROVED"));
        (await _paypal.PostAsync($"/v2/checkout/orders/{first}/capture", requestId: "capture")).Status.ShouldBe(HttpStatusCode.Created);

        _paypal.Clock.Advance(TimeSpan.FromHours(6));
        (await _paypal.OrderAsync()).ShouldNotBe(first);
        (await _paypal.PostAsync($"/v2/checkout/orders/{first}/capture", requestId: "capture")).Failed(422, "ORDER_ALREADY_CAPTURED");
    }

    [Fact]
    public async Task A_refund_id_is_remembered_for_45_days()
    {
        var path = $"/v2/payments/captures/{await _paypal.CapturedAsync()}/refund";
        const string Ten = """{"amount":{"currency_code":"GBP","value":"10.00"}}""";
        var refund = await _paypal.PostAsync(path, Ten, "refund-1");
        refund.Status.ShouldBe(HttpStatusCode.Created);
        _paypal.Clock.Advance(TimeSpan.FromDays(44));
        await _paypal.Sandbox.RevokeTokensAsync();
        var token = (string?)JsonNode.Parse(await (await _paypal.FetchTokenAsync()).Content.ReadAsStringAsync(Stop))!["access_token"];
        var again = await _paypal.SendAsync(HttpMethod.Post, path, Ten, "refund-1", token: token);
        (again.Status, (string?)again.Json["id"]).ShouldBe((HttpStatusCode.OK, (string?)refund.Json["id"]));
        _paypal.Clock.Advance(TimeSpan.FromDays(1));
        token = (string?)JsonNode.Parse(await (await _paypal.FetchTokenAsync()).Content.ReadAsStringAsync(Stop))!["access_token"];
        (await _paypal.SendAsync(HttpMethod.Post, path, Ten, "refund-1", token: token)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(ApiFaultKind.RateLimited, 429, "RATE_LIMIT_REACHED")]
    [InlineData(ApiFaultKind.ServerError, 500, "INTERNAL_SERVER_ERROR")]
    [InlineData(ApiFaultKind.Unauthorized, 401, "INVALID_ACCOUNT_STATUS")]
    [InlineData(ApiFaultKind.Forbidden, 403, "PERMISSION_DENIED")]
    [InlineData(ApiFaultKind.Refused, 422, "PAYEE_ACCOUNT_RESTRICTED")]
    public async Task A_failure_before_it_happened_leaves_nothing_behind(ApiFaultKind kind, int status, string issue)
    {
        _paypal.Sandbox.Faults.Add(new ApiFault(kind) { Path = "/v2/checkout/orders", Code = issue });
        (await _paypal.PostAsync("/v2/checkout/orders", PayPalUnderTest.AnOrder().ToJsonString(), "create-1")).Failed(status, issue);
        _paypal.Sandbox.Orders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ApiFaultKind.ServerErrorAfterCommit)]
    [InlineData(ApiFaultKind.ResetAfterCommit)]
    public async Task A_failure_after_it_happened_is_found_again_under_the_same_id(ApiFaultKind kind)
    {
        var order = await _paypal.OrderAsync();
        await _paypal.Sandbox.ApproveAsync(order);
        _paypal.Sandbox.Faults.Add(new ApiFault(kind) { Path = "/v2/checkout/orders/*/capture" });
        var path = $"/v2/checkout/orders/{order}/capture";
        if (kind == ApiFaultKind.ResetAfterCommit) await Should.ThrowAsync<HttpRequestException>(() => _paypal.PostAsync(path, requestId: "capture"));
        else (await _paypal.PostAsync(path, requestId: "capture")).Failed(500, "INTERNAL_SERVER_ERROR");
        (await _paypal.PostAsync(path, requestId: "capture")).Status.ShouldBe(HttpStatusCode.OK);
        _paypal.Sandbox.Captures.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_capture_may_be_refused_for_any_reason_and_the_buyer_can_approve_again()
    {
        var order = await _paypal.OrderAsync();
        await _paypal.Sandbox.ApproveAsync(order);
        _paypal.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.InstrumentDeclined) { Code = "TRANSACTION_LIMIT_EXCEEDED" });
        (await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-1")).Failed(422, "TRANSACTION_LIMIT_EXCEEDED");
        await _paypal.Sandbox.ApproveAsync(order);
        (await _paypal.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture-2")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Two_requests_with_one_id_at_once_are_a_conflict()
    {
        var capture = await _paypal.CapturedAsync();
        _paypal.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.Slow) { Path = "/v2/payments" });
        var first = _paypal.PostAsync($"/v2/payments/captures/{capture}/refund", "{}", "refund-1");
        await _paypal.Clock.AlarmsAsync(1, Stop);
        (await _paypal.PostAsync($"/v2/payments/captures/{capture}/refund", "{}", "refund-1")).Failed(409, "PREVIOUS_REQUEST_IN_PROGRESS");
        _paypal.Clock.Advance(TimeSpan.FromSeconds(2));
        (await first).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_is_not_known_is_404()
    {
        (await _paypal.GetAsync("/v2/checkout/orders/NONE")).Failed(404, "INVALID_RESOURCE_ID");
        (await _paypal.GetAsync("/v3/anything")).Failed(404, "INVALID_RESOURCE_ID");
        (await _paypal.GetAsync("/v2/payments/captures/NONE")).Failed(404, "INVALID_RESOURCE_ID");
    }

    [Fact]
    public async Task After_a_restart_orders_tokens_ids_and_undelivered_events_are_still_there()
    {
        using var data = new TemporaryDirectory();
        string order;
        await using (var before = await PayPalUnderTest.StartAsync(data: data.Path))
        {
            order = await before.OrderAsync();
            await before.Sandbox.ApproveAsync(order);
            before.Receiver.Status = 500;
            await before.Sandbox.DeliverAsync(Stop);
        }

        await using var after = await PayPalUnderTest.StartAsync(data: data.Path);
        (await after.DeliveredTypesAsync()).ShouldBe(["CHECKOUT.ORDER.APPROVED"]);
        (await after.OrderAsync()).ShouldBe(order);
        (await after.PostAsync($"/v2/checkout/orders/{order}/capture", requestId: "capture")).Status.ShouldBe(HttpStatusCode.Created);
    }
}
