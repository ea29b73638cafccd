using System.Text.Json;
using Stripe;
using Stripe.Checkout;
using static Shop.Packages.Tests.Stripe.StripeTransport;

namespace Shop.Packages.Tests.Stripe;

public sealed class StripeRequestTests
{
    private const string SomeSession = """{"id":"cs_test_1","object":"checkout.session"}""";
    private const string SomeRefund = """{"id":"re_1","object":"refund"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_checkout_session_is_posted_as_an_indexed_form()
    {
        var stripe = new StripeTransport(Answer(SomeSession));

        await stripe.Client().V1.Checkout.Sessions.CreateAsync(Checkout(), cancellationToken: Cancellation);

        stripe.Only.Method.ShouldBe(HttpMethod.Post);
        stripe.Only.Uri.ToString().ShouldBe("http://stripe.test/v1/checkout/sessions");
        stripe.Only.ContentType.ShouldBe("application/x-www-form-urlencoded; charset=utf-8");
        stripe.Only.Fields.ShouldBe(
            [
                "adaptive_pricing[enabled]=false",
                "cancel_url=https://shop.test/cancel",
                "client_reference_id=o1",
                "customer_email=ada+test@example.com",
                "expires_at=1700000000",
                "line_items[0][price_data][currency]=gbp",
                "line_items[0][price_data][product_data][name]=UPS 3 kVA & rails",
                "line_items[0][price_data][unit_amount]=129900",
                "line_items[0][quantity]=2",
                "line_items[1][price]=price_1",
                "line_items[1][quantity]=1",
                "locale=en-GB",
                "metadata[orderId]=o1",
                "mode=payment",
                "payment_intent_data[metadata][orderId]=o1",
                "payment_method_types[0]=card",
                "payment_method_types[1]=bacs_debit",
                "submit_type=pay",
                "success_url=https://shop.test/done?s={CHECKOUT_SESSION_ID}",
                "ui_mode=hosted_page",
                "expand[0]=payment_intent",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Brackets_stay_literal_a_space_is_a_plus_and_the_rest_is_percent_encoded()
    {
        var stripe = new StripeTransport(Answer(SomeSession));
        var options = new SessionCreateOptions { SuccessUrl = "a b/{X}", Metadata = new() { ["k[é]"] = "ü&=" } };

        await stripe.Client().V1.Checkout.Sessions.CreateAsync(options, cancellationToken: Cancellation);

        stripe.Only.Body!.Split('&').ShouldBe(
            ["metadata[k][%C3%A9]=%C3%BC%26%3D", "success_url=a+b%2F%7BX%7D"], ignoreOrder: true);
    }

    [Fact]
    public async Task List_parameters_go_into_the_query_with_times_in_unix_seconds()
    {
        var stripe = new StripeTransport(Answer("""{"object":"list","data":[]}"""));
        var options = new EventListOptions
        {
            Created = new DateRangeOptions
            {
                GreaterThanOrEqual = DateTime.UnixEpoch.AddSeconds(100),
                LessThan = DateTime.UnixEpoch.AddDays(1),
            },
            DeliverySuccess = false,
            Types = [EventTypes.RefundCreated, EventTypes.ChargeDisputeClosed],
            Limit = 100,
        };

        await stripe.Client().V1.Events.ListAsync(options, cancellationToken: Cancellation);

        stripe.Only.Method.ShouldBe(HttpMethod.Get);
        stripe.Only.Body.ShouldBeNull();
        stripe.Only.Uri.AbsolutePath.ShouldBe("/v1/events");
        stripe.Only.Uri.Query[1..].Split('&').ShouldBe(
            [
                "created[gte]=100", "created[lt]=86400", "delivery_success=false",
                "types[0]=refund.created", "types[1]=charge.dispute.closed", "limit=100",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_single_time_is_encoded_without_a_range()
    {
        var stripe = new StripeTransport(Answer("""{"object":"list","data":[]}"""));
        var options = new EventListOptions { Created = (DateTime?)DateTime.UnixEpoch.AddSeconds(7), Type = "charge.*" };

        await stripe.Client().V1.Events.ListAsync(options, cancellationToken: Cancellation);

        stripe.Only.Uri.Query.ShouldBe("?created=7&type=charge.*");
    }

    [Fact]
    public async Task Null_in_a_tracked_property_clears_and_an_untouched_one_is_not_sent()
    {
        var stripe = new StripeTransport(Answer(SomeRefund));

        await stripe.Client().V1.Refunds.CreateAsync(
            new RefundCreateOptions { PaymentIntent = "pi_1", Reason = null, Metadata = null }, cancellationToken: Cancellation);
        await stripe.Client().V1.Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = "pi_1" }, cancellationToken: Cancellation);

        stripe.Attempts[0].Fields.ShouldBe(["metadata=", "payment_intent=pi_1"], ignoreOrder: true);
        stripe.Attempts[1].Fields.ShouldBe(["payment_intent=pi_1"]);
    }

    [Fact]
    public async Task Empty_collections_null_values_and_extra_parameters_are_encoded()
    {
        var stripe = new StripeTransport(Answer(SomeRefund));
        var options = new RefundCreateOptions { Amount = 5, Metadata = new() { ["gone"] = null! }, Expand = [] };
        options.AddExtraParam("preview[depth]", 3);
        options.AddExtraParam("flag", true);

        await stripe.Client().V1.Refunds.CreateAsync(options, cancellationToken: Cancellation);

        stripe.Only.Fields.ShouldBe(
            ["amount=5", "metadata[gone]=", "expand=", "preview[depth]=3", "flag=true"], ignoreOrder: true);
    }

    [Fact]
    public async Task Headers_carry_key_version_and_client()
    {
        var stripe = new StripeTransport(Answer(SomeRefund));

        await stripe.Client().V1.Refunds.CreateAsync(new RefundCreateOptions(), cancellationToken: Cancellation);

        stripe.Only.Header("Authorization").ShouldBe("Bearer sk_test_123");
        stripe.Only.Header("Stripe-Version").ShouldBe("2026-07-29.dahlia");
        stripe.Only.Headers.UserAgent.ToString().ShouldStartWith("Stripe/V1 .NetBindings/52.2.0");
        using var client = JsonDocument.Parse(stripe.Only.Header("X-Stripe-Client-User-Agent")!);
        client.RootElement.GetProperty("bindings_version").GetString().ShouldBe("52.2.0");
        client.RootElement.TryGetProperty("telemetry_id", out _).ShouldBeFalse();
        stripe.Only.Header("X-Stripe-Client-Telemetry").ShouldBeNull();
        stripe.Only.Header("Stripe-Account").ShouldBeNull();
    }

    [Fact]
    public async Task The_call_s_own_key_account_and_trigger_win_over_the_client_s()
    {
        var stripe = new StripeTransport(Answer(SomeRefund));
        var client = new StripeClient(new StripeClientOptions
        {
            ApiKey = "sk_client",
            ApiBase = "http://stripe.test",
            StripeAccount = "acct_client",
            StripeContext = "ctx_client",
            HttpClient = stripe.Http(),
        });

        await client.V1.Refunds.GetAsync("re_1", null, new RequestOptions { ApiKey = "sk_call", StripeContext = "" }, Cancellation);
        await client.V1.Refunds.GetAsync(
            "re_1", null, new RequestOptions { StripeAccount = "acct_call", StripeRequestTrigger = "trigger" }, Cancellation);

        stripe.Attempts.Select(a => a.Header("Authorization")).ShouldBe(["Bearer sk_call", "Bearer sk_client"]);
        stripe.Attempts.Select(a => a.Header("Stripe-Account")).ShouldBe(["acct_client", "acct_call"]);
        stripe.Attempts.Select(a => a.Header("Stripe-Context")).ShouldBe([null, "ctx_client"]);
        stripe.Attempts.Select(a => a.Header("Stripe-Request-Trigger")).ShouldBe([null, "trigger"]);
    }

    [Fact]
    public async Task A_post_always_has_an_idempotency_key_and_a_get_only_the_one_it_was_given()
    {
        var stripe = new StripeTransport(Answer(SomeRefund));
        var refunds = stripe.Client().V1.Refunds;

        await refunds.CreateAsync(new RefundCreateOptions(), cancellationToken: Cancellation);
        await refunds.CreateAsync(new RefundCreateOptions(), cancellationToken: Cancellation);
        await refunds.CreateAsync(new RefundCreateOptions(), new RequestOptions { IdempotencyKey = "order-o1-refund-1" }, Cancellation);
        await refunds.GetAsync("re_1", cancellationToken: Cancellation);

        var keys = stripe.Attempts.Select(a => a.Header("Idempotency-Key")).ToArray();
        Guid.TryParse(keys[0], out _).ShouldBeTrue();
        keys[1].ShouldNotBe(keys[0]);
        keys[2].ShouldBe("order-o1-refund-1");
        keys[3].ShouldBeNull();
    }

    private static SessionCreateOptions Checkout() => new()
    {
        Mode = "payment",
        UiMode = "hosted_page",
        SubmitType = "pay",
        Locale = "en-GB",
        ClientReferenceId = "o1",
        CustomerEmail = "ada+test@example.com",
        ExpiresAt = DateTime.UnixEpoch.AddSeconds(1_700_000_000),
        SuccessUrl = "https://shop.test/done?s={CHECKOUT_SESSION_ID}",
        CancelUrl = "https://shop.test/cancel",
        AdaptivePricing = new SessionAdaptivePricingOptions { Enabled = false },
        Metadata = new() { ["orderId"] = "o1" },
        PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = new() { ["orderId"] = "o1" } },
        Expand = ["payment_intent"],
        LineItems =
        [
            new SessionLineItemOptions
            {
                Quantity = 2,
                PriceData = new SessionLineItemPriceDataOptions
                {
                    Currency = "gbp",
                    UnitAmount = 129_900,
                    ProductData = new SessionLineItemPriceDataProductDataOptions { Name = "UPS 3 kVA & rails" },
                },
            },
            new SessionLineItemOptions { Quantity = 1, Price = "price_1" },
        ],
    };
}
