using System.Net;
using System.Text.Json.Nodes;
using Shop.Local.Stripe;

namespace Shop.Local.Tests.Stripe;

public sealed class ApiTests : IAsyncLifetime
{
    private SandboxUnderTest _stripe = null!;

    public async ValueTask InitializeAsync() => _stripe = await SandboxUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _stripe.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("pk_test_123")]
    [InlineData("sk_live_123")]
    public async Task Without_a_test_key_nothing_is_answered(string? apiKey)
    {
        var answer = await _stripe.SendAsync(HttpMethod.Get, "/v1/checkout/sessions", apiKey: apiKey);
        answer.Failed(401).Type.ShouldBe("invalid_request_error");
    }

    [Fact]
    public async Task With_configured_keys_only_those_are_let_in()
    {
        await using var strict = await SandboxUnderTest.StartAsync(apiKeys: ["sk_test_mine"]);
        (await strict.SendAsync(HttpMethod.Get, "/v1/events", apiKey: "sk_test_other")).Failed(401);
        (await strict.SendAsync(HttpMethod.Get, "/v1/events", apiKey: "sk_test_mine")).Succeeded();
    }

    [Theory]
    [InlineData("/v1/checkout/sessions/cs_test_none", "session")]
    [InlineData("/v1/payment_intents/pi_none", "intent")]
    [InlineData("/v1/charges/ch_none", "id")]
    [InlineData("/v1/refunds/re_none", "refund")]
    [InlineData("/v1/disputes/dp_none", "dispute")]
    [InlineData("/v1/events/evt_none", "id")]
    public async Task An_unknown_id_is_404_resource_missing(string path, string param)
    {
        (await _stripe.GetAsync(path)).Failed(404).ShouldBe(("invalid_request_error", "resource_missing", param));
    }

    [Fact]
    public async Task An_unknown_path_is_404_in_json()
    {
        (await _stripe.GetAsync("/v1/nothing")).Failed(404).Type.ShouldBe("invalid_request_error");
        (await _stripe.PostAsync("/elsewhere")).Failed(404);
    }

    [Theory]
    [InlineData(ApiFaultKind.Unauthorized, null, 401, "api_key_expired")]
    [InlineData(ApiFaultKind.Forbidden, null, 403, null)]
    [InlineData(ApiFaultKind.Refused, "charge_disputed", 400, "charge_disputed")]
    public async Task A_valid_key_may_be_revoked_or_restricted_and_whatever_is_asked_refused(ApiFaultKind kind, string? asked, int status, string? code)
    {
        _stripe.Sandbox.Faults.Add(new ApiFault(kind) { Path = "/v1/checkout/sessions", Code = asked });
        (await _stripe.CreateSessionAsync()).Failed(status).Code.ShouldBe(code);
        _stripe.Sandbox.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refund_has_no_third_decimal_either()
    {
        var session = (await _stripe.CreateSessionAsync(null, ("line_items[0][price_data][currency]", "kwd"))).Succeeded()["id"]!.GetValue<string>();
        await _stripe.Sandbox.PayAsync(session, PaymentOutcome.Succeeds);
        var intent = _stripe.Sandbox.Books.Single().PaymentIntentId;
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={intent}&amount=1001")).Failed(400).ShouldBe(("invalid_request_error", "parameter_invalid_integer", "amount"));
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={intent}&amount=1000")).Succeeded();
    }

    [Fact]
    public async Task Every_answer_carries_a_request_id_of_its_own()
    {
        var first = await _stripe.GetAsync("/v1/events");
        var second = await _stripe.GetAsync("/v1/nothing");
        first.Headers["Request-Id"].ShouldStartWith("req_");
        second.Headers["Request-Id"].ShouldNotBe(first.Headers["Request-Id"]);
    }

    [Fact]
    public async Task The_same_key_and_parameters_answer_as_before_and_do_nothing_twice()
    {
        var first = await _stripe.CreateSessionAsync("order-1/checkout");
        var second = await _stripe.CreateSessionAsync("order-1/checkout");
        second.Succeeded().ToJsonString().ShouldBe(first.Succeeded().ToJsonString());
        second.Headers["Idempotent-Replayed"].ShouldBe("true");
        first.Headers.ShouldNotContainKey("Idempotent-Replayed");
        _stripe.Sandbox.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_other_parameters_is_an_idempotency_error()
    {
        await _stripe.CreateSessionAsync("order-1/checkout");
        (await _stripe.CreateSessionAsync("order-1/checkout", ("client_reference_id", "order-2"))).Failed(400).Type.ShouldBe("idempotency_error");
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        (await _stripe.CreateSessionAsync("order-1/checkout", ("mode", null))).Failed(400);
        (await _stripe.CreateSessionAsync("order-1/checkout")).Succeeded();
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        await _stripe.CreateSessionAsync("order-1/checkout");
        _stripe.Clock.Advance(TimeSpan.FromHours(25));
        (await _stripe.CreateSessionAsync("order-1/checkout")).Headers.ShouldNotContainKey("Idempotent-Replayed");
        _stripe.Sandbox.Sessions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task While_a_request_is_under_way_its_key_is_in_use()
    {
        _stripe.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.Slow) { Method = "POST", Delay = TimeSpan.FromMinutes(1) });
        var slow = _stripe.CreateSessionAsync("order-1/checkout");
        while (_stripe.Sandbox.Faults.Api.Count > 0)
            await Task.Yield();
        SandboxUnderTest.Answer second;
        do
        {
            // The first request may not have taken the key yet although it took the fault; with other
            // parameters this one can never take it itself.
            second = await _stripe.PostAsync("/v1/checkout/sessions", "mode=", "order-1/checkout");
        }
        while (second.Status == HttpStatusCode.BadRequest);
        second.Failed(409).Code.ShouldBe("idempotency_key_in_use");

        while (!slow.IsCompleted)
        {
            _stripe.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await slow).Succeeded();
        _stripe.Sandbox.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Too_many_requests_is_429_with_code_rate_limit_for_as_many_calls_as_asked()
    {
        _stripe.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.RateLimited) { Path = "/v1/checkout", Times = 2, ShouldRetry = true });
        var limited = await _stripe.CreateSessionAsync();
        limited.Failed(429).Code.ShouldBe("rate_limit");
        limited.Headers["Stripe-Should-Retry"].ShouldBe("true");
        (await _stripe.GetAsync("/v1/events")).Succeeded();
        (await _stripe.CreateSessionAsync()).Failed(429);
        (await _stripe.CreateSessionAsync()).Succeeded();
    }

    [Fact]
    public async Task A_server_error_does_nothing_unless_it_comes_after_the_commit()
    {
        _stripe.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.ServerError));
        (await _stripe.CreateSessionAsync("a")).Failed(500).Type.ShouldBe("api_error");
        _stripe.Sandbox.Sessions.ShouldBeEmpty();
        (await _stripe.CreateSessionAsync("a")).Succeeded();

        _stripe.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.ServerErrorAfterCommit) { ShouldRetry = false });
        (await _stripe.CreateSessionAsync("b")).Headers["Stripe-Should-Retry"].ShouldBe("false");
        _stripe.Sandbox.Sessions.Count.ShouldBe(2);
        var replayed = await _stripe.CreateSessionAsync("b");
        replayed.Failed(500);
        replayed.Headers["Idempotent-Replayed"].ShouldBe("true");
        _stripe.Sandbox.Sessions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_commit_is_made_good_by_the_key()
    {
        _stripe.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.ResetAfterCommit) { Method = "POST" });
        await Should.ThrowAsync<HttpRequestException>(() => _stripe.CreateSessionAsync("a"));
        var replayed = await _stripe.CreateSessionAsync("a");
        replayed.Headers["Idempotent-Replayed"].ShouldBe("true");
        ((string?)replayed.Succeeded()["id"]).ShouldBe(_stripe.Sandbox.Sessions.Single().Id);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_commit_leaves_nothing()
    {
        _stripe.Sandbox.Faults.Add(new ApiFault(ApiFaultKind.ResetBeforeCommit));
        await Should.ThrowAsync<HttpRequestException>(() => _stripe.CreateSessionAsync("a"));
        _stripe.Sandbox.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Expand_replaces_ids_by_objects_and_refuses_what_is_none()
    {
        await _stripe.PaidAsync();
        var id = _stripe.Sandbox.Sessions.Single().Id;
        var session = (await _stripe.GetAsync($"/v1/checkout/sessions/{id}?expand[]=payment_intent.latest_charge&expand[]=line_items")).Succeeded();
        ((string?)session["payment_intent"]!["latest_charge"]!["status"]).ShouldBe("succeeded");
        ((string?)session["payment_intent"]!["metadata"]!["orderId"]).ShouldBe("order-1");
        var list = (await _stripe.GetAsync("/v1/checkout/sessions?expand[0]=data.payment_intent")).Succeeded();
        ((string?)((JsonArray)list["data"]!)[0]!["payment_intent"]!["status"]).ShouldBe("succeeded");
        (await _stripe.GetAsync($"/v1/checkout/sessions/{id}?expand[]=currency")).Failed(400).Param.ShouldBe("expand");
        (await _stripe.CreateSessionAsync(null, ("expand[]", "currency"))).Failed(400);
        _stripe.Sandbox.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_control_api_acts_for_programs_and_not_for_other_web_pages()
    {
        var id = await _stripe.SessionAsync();
        (await _stripe.BrowseAsync($"/sandbox/sessions/{id}/pay", ("outcome", "succeeds"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _stripe.BrowseAsync("/sandbox/faults/api", ("kind", "reset-after-commit"), ("times", "3"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        _stripe.Sandbox.Faults.Api.Single().Times.ShouldBe(3);
        (await _stripe.BrowseAsync("/sandbox/faults/api", ("kind", "earthquake"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await (await _stripe.BrowseAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain(_stripe.Sandbox.Books.Single().PaymentIntentId);
        (await (await _stripe.BrowseAsync("/sandbox/payments")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain("\"charged\": 2500");

        using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri(_stripe.Sandbox.Address, "/sandbox/faults/clear"));
        foreign.Headers.Add("Origin", "https://evil.example");
        using var http = new HttpClient();
        (await http.SendAsync(foreign, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _stripe.Sandbox.Faults.Api.Count.ShouldBe(1);
    }
}
