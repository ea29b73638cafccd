using System.Net;
using System.Text;
using System.Text.Json;
using Stripe;

namespace Shop.Packages.Tests;

/// <summary>What the app relies on in Stripe.net: signatures, the version of the API, how what is malformed or refused is told.</summary>
public sealed class StripeContract
{
    private const string Secret = "whsec_test";
    private const long Now = 1_700_000_000;
    private const string Signature = "35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{}", "t=1700000000,v1={v}", true)]
    [InlineData("{}", "t=1700000000,v1=00,v1={v}", true)]
    [InlineData("{} ", "t=1700000000,v1={v}", false)]
    [InlineData("{}", "t=1700000001,v1={v}", false)]
    [InlineData("{}", "t=1700000000,v0={v}", false)]
    [InlineData("{}", "v1={v}", false)]
    [InlineData("{}", "", false)]
    public void A_signature_is_over_time_and_body_and_one_of_several_will_do(string body, string header, bool accepted)
    {
        void Validate() => EventUtility.ValidateSignature(body, header.Replace("{v}", Signature, StringComparison.Ordinal), Secret, 300, Now);

        if (accepted) Validate();
        else Should.Throw<StripeException>(Validate);
    }

    [Fact]
    public void The_time_may_differ_by_five_minutes_either_way()
    {
        EventUtility.DefaultTimeTolerance.ShouldBe(300);
        EventUtility.ValidateSignature("{}", $"t={Now},v1={Signature}", Secret, 300, Now + 300);
        EventUtility.ValidateSignature("{}", $"t={Now},v1={Signature}", Secret, 300, Now - 300);
        Should.Throw<StripeException>(() => EventUtility.ValidateSignature("{}", $"t={Now},v1={Signature}", Secret, 300, Now + 301));
        Should.Throw<StripeException>(() => EventUtility.ValidateSignature("{}", $"t={Now},v1={Signature}", Secret, 300, Now - 301));
    }

    /// <summary>The webhook's function answers 400 to these as well, so it must know that they are no StripeException.</summary>
    [Fact]
    public void A_time_that_is_no_number_fails_with_an_exception_of_the_runtime()
    {
        Should.Throw<FormatException>(() => EventUtility.ValidateSignature("{}", Signed("soon"), Secret, 300, Now));
        Should.Throw<OverflowException>(() => EventUtility.ValidateSignature("{}", Signed("99999999999"), Secret, 300, Now));

        static string Signed(string time) => $"t={time},v1={EventUtility.ComputeSignature(Secret, time, "{}")}";
    }

    [Fact]
    public void Only_the_train_of_a_version_counts()
    {
        EventUtility.IsCompatibleApiVersion(StripeConfiguration.ApiVersion).ShouldBeTrue();
        EventUtility.IsCompatibleApiVersion($"2000-01-01.{StripeConfiguration.MajorApiVersion}").ShouldBeTrue();
        EventUtility.IsCompatibleApiVersion("2026-07-29.dahlia").ShouldBeFalse();
        EventUtility.ParseEvent(Event("\"2026-07-29.dahlia\""), throwOnApiVersionMismatch: false).Data.Object.ShouldBeOfType<Refund>().Amount.ShouldBe(5);
    }

    [Theory]
    [InlineData("not json", typeof(JsonException))]
    [InlineData("", typeof(JsonException))]
    [InlineData("\uFEFF{}", typeof(JsonException))]
    [InlineData("""{"object":"event","api_version":"v","created":null}""", typeof(JsonException))]
    [InlineData("""{"object":"event","api_version":"v","data":{"object":{"object":"refund","amount":null}}}""", typeof(JsonException))]
    [InlineData("""{"id":"evt_1","object":"v2.core.event"}""", typeof(ArgumentException))]
    [InlineData("[]", typeof(InvalidOperationException))]
    public void What_is_no_readable_event_fails_each_in_its_way(string json, Type exception) =>
        Record.Exception(() => EventUtility.ParseEvent(json, throwOnApiVersionMismatch: false)).ShouldBeAssignableTo(exception);

    [Fact]
    public async Task A_call_carries_key_version_and_the_idempotency_key_it_was_given()
    {
        var stripe = new Transport(HttpStatusCode.OK, """{"id":"re_1","object":"refund"}""");

        await stripe.Client.V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = "pi_1" }, new RequestOptions { IdempotencyKey = "k1" }, Stop);

        stripe.Header("Authorization").ShouldBe("Bearer sk_test_123");
        stripe.Header("Stripe-Version").ShouldBe(StripeConfiguration.ApiVersion);
        stripe.Header("Idempotency-Key").ShouldBe("k1");
    }

    [Fact]
    public async Task A_refusal_carries_status_and_code_and_what_is_not_Stripes_json_has_no_error()
    {
        var declined = await RefusalAsync(HttpStatusCode.PaymentRequired, """{"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds"}}""");
        declined.HttpStatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        (declined.StripeError.Type, declined.StripeError.Code, declined.StripeError.DeclineCode).ShouldBe(("card_error", "card_declined", "insufficient_funds"));

        var busy = await RefusalAsync(HttpStatusCode.ServiceUnavailable, "<html>busy</html>");
        (busy.HttpStatusCode, busy.StripeError).ShouldBe((HttpStatusCode.ServiceUnavailable, null));
        (await RefusalAsync(HttpStatusCode.OK, "not json")).HttpStatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<StripeException> RefusalAsync(HttpStatusCode status, string body) =>
        Should.ThrowAsync<StripeException>(() => new Transport(status, body).Client.V1.Refunds.GetAsync("re_1", cancellationToken: Stop));

    private static string Event(string version) =>
        $$"""{"id":"evt_1","object":"event","api_version":{{version}},"created":{{Now}},"type":"refund.created","data":"""
        + """{"object":{"object":"refund","amount":5}}}""";

    /// <summary>Answers every call the same and keeps what the last one said.</summary>
    private sealed class Transport(HttpStatusCode status, string body) : HttpMessageHandler
    {
        private HttpRequestMessage? _last;

        public StripeClient Client => new("sk_test_123", httpClient: new SystemNetHttpClient(new HttpClient(this), 0, enableTelemetry: false), apiBase: "http://stripe.test");

        public string Header(string name) => _last!.Headers.GetValues(name).ShouldHaveSingleItem();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _last = request;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
