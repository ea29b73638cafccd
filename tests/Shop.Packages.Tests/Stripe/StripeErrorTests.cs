using Stripe;
using static Shop.Packages.Tests.Stripe.StripeTransport;

namespace Shop.Packages.Tests.Stripe;

public sealed class StripeErrorTests
{
    [Fact]
    public async Task A_refusal_carries_status_error_and_request_id()
    {
        var refusal = await Refusal(Answer(
            """
            {"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds","message":"Your card was declined.",
             "param":"source","doc_url":"https://stripe.test/doc","charge":"ch_1","advice_code":"try_again_later","network_decline_code":"51",
             "payment_intent":{"id":"pi_1","object":"payment_intent","amount":5,"status":"requires_payment_method"},
             "payment_method":{"id":"pm_1","object":"payment_method","type":"card"},"request_log_url":"https://stripe.test/log","unheard_of":1}}
            """,
            402,
            ("Request-Id", "req_1"),
            ("Idempotency-Key", "k1")));

        ((int)refusal.HttpStatusCode).ShouldBe(402);
        refusal.Message.ShouldBe("Your card was declined.");
        refusal.StripeError.Type.ShouldBe("card_error");
        refusal.StripeError.Code.ShouldBe("card_declined");
        refusal.StripeError.DeclineCode.ShouldBe("insufficient_funds");
        refusal.StripeError.Param.ShouldBe("source");
        refusal.StripeError.Charge.ShouldBe("ch_1");
        refusal.StripeError.AdviceCode.ShouldBe("try_again_later");
        refusal.StripeError.NetworkDeclineCode.ShouldBe("51");
        refusal.StripeError.DocUrl.ShouldBe("https://stripe.test/doc");
        refusal.StripeError.RequestLogUrl.ShouldBe("https://stripe.test/log");
        refusal.StripeError.PaymentIntent.Id.ShouldBe("pi_1");
        refusal.StripeError.PaymentMethod.Type.ShouldBe("card");
        refusal.StripeResponse.RequestId.ShouldBe("req_1");
        refusal.StripeResponse.IdempotencyKey.ShouldBe("k1");
        refusal.StripeError.StripeResponse.ShouldBeSameAs(refusal.StripeResponse);
    }

    [Fact]
    public async Task An_oauth_refusal_is_read_from_the_whole_body()
    {
        var refusal = await Refusal(Answer("""{"error":"invalid_grant","error_description":"No such code"}""", 400));

        refusal.StripeError.Error.ShouldBe("invalid_grant");
        refusal.StripeError.ErrorDescription.ShouldBe("No such code");
        refusal.Message.ShouldBe("No such code");
    }

    [Theory]
    [InlineData("<html>busy</html>", 503)]
    [InlineData("", 500)]
    [InlineData("""{"message":"no error member"}""", 400)]
    public async Task A_refusal_that_is_not_Stripe_s_json_has_no_error_but_keeps_the_text(string body, int status)
    {
        var refusal = await Refusal(Answer(body, status, ("Request-Id", "req_1")));

        ((int)refusal.HttpStatusCode).ShouldBe(status);
        refusal.StripeError.ShouldBeNull();
        refusal.StripeResponse.Content.ShouldBe(body);
        refusal.StripeResponse.RequestId.ShouldBe("req_1");
        refusal.Message.ShouldStartWith("Invalid response object from API");
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task Only_200_is_success(int status)
    {
        var refusal = await Refusal(Answer("""{"id":"re_1","object":"refund"}""", status));

        ((int)refusal.HttpStatusCode).ShouldBe(status);
        refusal.Message.ShouldStartWith("Invalid response object from API");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"id":"re_1","amount":null}""")]
    [InlineData("""{"id":"re_1","amount":"5"}""")]
    [InlineData("""{"id":"re_1"} and more""")]
    [InlineData("[]")]
    public async Task A_200_that_does_not_fit_is_a_StripeException(string body)
    {
        var refusal = await Refusal(Answer(body));

        ((int)refusal.HttpStatusCode).ShouldBe(200);
        refusal.StripeError.ShouldBeNull();
        refusal.StripeResponse.Content.ShouldBe(body);
        refusal.Message.ShouldStartWith("Invalid response object from API");
    }

    [Fact]
    public async Task An_answer_tells_its_request_id_key_and_date()
    {
        var stripe = new StripeTransport(Answer(
            """{"id":"re_1"}""", 200, ("Request-Id", "req_9"), ("Idempotency-Key", "k9"), ("Date", "Tue, 14 Nov 2023 22:13:20 GMT")));

        var refund = await stripe.Client().V1.Refunds.GetAsync("re_1", cancellationToken: TestContext.Current.CancellationToken);

        refund.StripeResponse.RequestId.ShouldBe("req_9");
        refund.StripeResponse.IdempotencyKey.ShouldBe("k9");
        refund.StripeResponse.Date.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        refund.StripeResponse.Content.ShouldBe("""{"id":"re_1"}""");
        ((int)refund.StripeResponse.StatusCode).ShouldBe(200);
    }

    private static Task<StripeException> Refusal(Func<HttpResponseMessage> answer) =>
        Should.ThrowAsync<StripeException>(() => new StripeTransport(answer).Client().V1.Refunds.GetAsync(
            "re_1", cancellationToken: TestContext.Current.CancellationToken));
}
