using Stripe;
using Stripe.Checkout;
using static Shop.Packages.Tests.Stripe.StripeTransport;

namespace Shop.Packages.Tests.Stripe;

public sealed class StripeRouteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_service_call_has_its_own_route()
    {
        var stripe = new StripeTransport([.. Enumerable.Repeat(Answer("""{"object":"list","data":[]}"""), 14), Answer("{}")]);
        var v1 = stripe.Client().V1;

        await v1.Checkout.Sessions.GetAsync("cs_1", cancellationToken: Cancellation);
        await v1.Checkout.Sessions.ExpireAsync("cs_1", cancellationToken: Cancellation);
        await v1.Checkout.Sessions.UpdateAsync("cs_1", new SessionUpdateOptions(), cancellationToken: Cancellation);
        await v1.Checkout.Sessions.ListAsync(new SessionListOptions { PaymentIntent = "pi_1" }, cancellationToken: Cancellation);
        await v1.Checkout.Sessions.LineItems.ListAsync("cs_1", cancellationToken: Cancellation);
        await v1.Refunds.GetAsync("re_1", cancellationToken: Cancellation);
        await v1.Refunds.UpdateAsync("re_1", new RefundUpdateOptions(), cancellationToken: Cancellation);
        await v1.Refunds.CancelAsync("re_1", cancellationToken: Cancellation);
        await v1.Refunds.ListAsync(new RefundListOptions { Charge = "ch_1", Limit = 3 }, cancellationToken: Cancellation);
        await v1.PaymentIntents.GetAsync("pi_1", new() { Expand = ["latest_charge"] }, cancellationToken: Cancellation);
        await v1.PaymentIntents.ListAsync(cancellationToken: Cancellation);
        await v1.Charges.GetAsync("ch_1", cancellationToken: Cancellation);
        await v1.Disputes.GetAsync("dp_1", cancellationToken: Cancellation);
        await v1.Disputes.CloseAsync("dp_1", cancellationToken: Cancellation);
        await v1.Events.GetAsync("evt_1", cancellationToken: Cancellation);

        stripe.Attempts.Select(a => $"{a.Method} {a.Uri.PathAndQuery}").ShouldBe(
        [
            "GET /v1/checkout/sessions/cs_1",
            "POST /v1/checkout/sessions/cs_1/expire",
            "POST /v1/checkout/sessions/cs_1",
            "GET /v1/checkout/sessions?payment_intent=pi_1",
            "GET /v1/checkout/sessions/cs_1/line_items",
            "GET /v1/refunds/re_1",
            "POST /v1/refunds/re_1",
            "POST /v1/refunds/re_1/cancel",
            "GET /v1/refunds?charge=ch_1&limit=3",
            "GET /v1/payment_intents/pi_1?expand[0]=latest_charge",
            "GET /v1/payment_intents",
            "GET /v1/charges/ch_1",
            "GET /v1/disputes/dp_1",
            "POST /v1/disputes/dp_1/close",
            "GET /v1/events/evt_1",
        ]);
        stripe.Attempts[1].Body.ShouldBe("");
        stripe.Attempts[1].ContentType.ShouldBe("application/x-www-form-urlencoded; charset=utf-8");
    }

    [Fact]
    public async Task An_id_is_one_segment_of_the_path_whatever_is_in_it()
    {
        var stripe = new StripeTransport(Answer("""{"id":"x"}"""));

        await stripe.Client().V1.Refunds.GetAsync("re_1/cancel?a", cancellationToken: Cancellation);

        stripe.Only.Uri.AbsoluteUri.ShouldBe("http://stripe.test/v1/refunds/re_1%2Fcancel%3Fa");
    }

    [Fact]
    public async Task A_service_made_by_hand_goes_through_the_client_it_was_given()
    {
        var stripe = new StripeTransport(Answer("""{"id":"re_1","object":"refund","amount":5,"created":1}"""));

        (await new RefundService(stripe.Client()).GetAsync("re_1", cancellationToken: Cancellation)).Amount.ShouldBe(5);
        new RefundService(stripe.Client()).Get("re_1").Amount.ShouldBe(5);
        new SessionService(stripe.Client()).Create(new SessionCreateOptions()).Id.ShouldBe("re_1");

        stripe.Attempts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_raw_request_sends_its_form_and_gives_the_text_back()
    {
        var stripe = new StripeTransport(Answer("""{"id":"re_1","object":"refund","amount":9}"""));
        var client = stripe.Client();

        var answer = await client.RawRequestAsync(
            HttpMethod.Post,
            "/v1/refunds",
            "payment_intent=pi_1",
            new RawRequestOptions { AdditionalHeaders = { ["X-Trace"] = "t1" } },
            Cancellation);

        stripe.Only.Body.ShouldBe("payment_intent=pi_1");
        stripe.Only.ContentType.ShouldBe("application/x-www-form-urlencoded; charset=utf-8");
        stripe.Only.Header("X-Trace").ShouldBe("t1");
        client.Deserialize<Refund>(answer.Content).Amount.ShouldBe(9);
        await Should.ThrowAsync<InvalidOperationException>(
            () => client.RawRequestAsync(HttpMethod.Get, "/v1/refunds", "a=b", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_key_is_checked_when_given_and_missed_when_needed()
    {
        Should.Throw<ArgumentException>(() => new StripeClient(""));
        Should.Throw<ArgumentException>(() => new StripeClient("sk test"));
        Should.Throw<ArgumentException>(() => new StripeClient(new StripeClientOptions { ApiKey = "sk_test\n" }));

        var keyless = new StripeClient(httpClient: new StripeTransport(Answer("{}")).Http());

        (await Should.ThrowAsync<StripeException>(() => keyless.V1.Refunds.GetAsync("re_1", cancellationToken: Cancellation)))
            .HttpStatusCode.ShouldBe(default);
        keyless.ApiBase.ShouldBe("https://api.stripe.com");
        StripeConfiguration.ApiVersion.ShouldBe("2026-07-29.dahlia");
        StripeConfiguration.MajorApiVersion.ShouldBe("dahlia");
    }
}
