using System.Text.Json.Nodes;
using PaypalServerSdk.Standard;
using PaypalServerSdk.Standard.Models;
using static Shop.Packages.Tests.PayPal.PayPalTransport;

namespace Shop.Packages.Tests.PayPal;

public sealed class PayPalRequestTests
{
    private readonly PayPalTransport transport = new(Answer("""{"id":"5O1"}""", 201, ("Paypal-Debug-Id", "d1")));

    private PaypalServerSdkClient Client => field ??= transport.Client();

    [Fact]
    public async Task An_order_is_created_with_what_is_set_and_nothing_else()
    {
        var answer = await Client.OrdersController.CreateOrderAsync(new CreateOrderInput { Body = FullOrder(), PaypalRequestId = "o1-1", Prefer = "return=representation" }, Stop);

        answer.StatusCode.ShouldBe(201);
        answer.Headers["paypal-debug-id"].ShouldBe("d1");
        answer.Data.Id.ShouldBe("5O1");
        var call = transport.Only;
        call.Method.ShouldBe(HttpMethod.Post);
        call.Uri.ToString().ShouldBe("https://api-m.sandbox.paypal.com/v2/checkout/orders");
        call.ContentType.ShouldBe("application/json; charset=utf-8");
        call.Header("Accept").ShouldBe("application/json");
        call.Header("User-Agent")!.ShouldStartWith("PayPal REST API DotNet SDK, Version: 2.4.0, on OS ");
        call.Header("PayPal-Request-Id").ShouldBe("o1-1");
        call.Header("Prefer").ShouldBe("return=representation");
        JsonNode.DeepEquals(JsonNode.Parse(call.Body!), JsonNode.Parse(FullOrderJson)).ShouldBeTrue(call.Body);
    }

    [Fact]
    public async Task Headers_that_are_not_set_are_not_sent()
    {
        await Client.OrdersController.CreateOrderAsync(new CreateOrderInput { Body = new OrderRequest() }, Stop);

        transport.Only.Header("PayPal-Request-Id").ShouldBeNull();
        transport.Only.Header("Prefer").ShouldBeNull();
        transport.Only.Header("PayPal-Mock-Response").ShouldBeNull();
    }

    /// <summary>What the specification asks for is sent even where the caller left it out, and PayPal complains of it.</summary>
    [Fact]
    public async Task Required_members_go_out_as_null()
    {
        await Client.OrdersController.CreateOrderAsync(new CreateOrderInput { Body = new OrderRequest { PurchaseUnits = [new PurchaseUnitRequest()] } }, Stop);

        transport.Only.Body.ShouldBe("""{"intent":"CAPTURE","purchase_units":[{"amount":null}]}""");
    }

    [Fact]
    public async Task A_capture_without_a_body_has_an_empty_one_that_is_called_JSON()
    {
        await Client.OrdersController.CaptureOrderAsync(new CaptureOrderInput { Id = "5O1", PaypalRequestId = "o1-capture" }, Stop);

        var call = transport.Only;
        call.Method.ShouldBe(HttpMethod.Post);
        call.Uri.AbsolutePath.ShouldBe("/v2/checkout/orders/5O1/capture");
        call.Body.ShouldBe("");
        call.ContentType.ShouldBe("application/json; charset=utf-8");
        call.Header("PayPal-Request-Id").ShouldBe("o1-capture");
    }

    [Fact]
    public async Task A_capture_with_an_empty_request_sends_an_empty_object()
    {
        await Client.OrdersController.CaptureOrderAsync(new CaptureOrderInput { Id = "5O1", Body = new OrderCaptureRequest() }, Stop);

        transport.Only.Body.ShouldBe("{}");
    }

    [Fact]
    public async Task A_refund_sends_the_amount_or_for_all_of_it_an_empty_object()
    {
        var payments = Client.PaymentsController;
        await payments.RefundCapturedPaymentAsync(new RefundCapturedPaymentInput
        {
            CaptureId = "2GG",
            Body = new RefundRequest { Amount = new Money("GBP", "10.99"), CustomId = "o1", InvoiceId = "R1", NoteToPayer = "Sorry" },
            PaypalRequestId = "r1",
            Prefer = "return=representation",
        }, Stop);
        await payments.RefundCapturedPaymentAsync(new RefundCapturedPaymentInput { CaptureId = "2GG", Body = new RefundRequest() }, Stop);

        transport.Calls.ShouldAllBe(call => call.Method == HttpMethod.Post && call.Uri.AbsolutePath == "/v2/payments/captures/2GG/refund");
        transport.Calls[0].Body.ShouldBe("""{"amount":{"currency_code":"GBP","value":"10.99"},"custom_id":"o1","invoice_id":"R1","note_to_payer":"Sorry"}""");
        transport.Calls[0].Header("PayPal-Request-Id").ShouldBe("r1");
        transport.Calls[1].Body.ShouldBe("{}");
    }

    [Fact]
    public async Task Reading_has_a_route_for_each_thing()
    {
        await Client.OrdersController.GetOrderAsync(new GetOrderInput { Id = "5O1", Fields = "payment_source" }, Stop);
        await Client.PaymentsController.GetCapturedPaymentAsync(new GetCapturedPaymentInput { CaptureId = "2GG" }, Stop);
        await Client.PaymentsController.GetRefundAsync(new GetRefundInput { RefundId = "1JU" }, Stop);

        transport.Calls.ShouldAllBe(call => call.Method == HttpMethod.Get && call.Body == null);
        transport.Calls.Select(call => call.Uri.PathAndQuery).ShouldBe(
            ["/v2/checkout/orders/5O1?fields=payment_source", "/v2/payments/captures/2GG", "/v2/payments/refunds/1JU"]);
    }

    [Theory]
    [InlineData(PaypalServerSdk.Standard.Environment.Production, "https://api-m.paypal.com")]
    [InlineData(PaypalServerSdk.Standard.Environment.Sandbox, "https://api-m.sandbox.paypal.com")]
    public void The_environment_decides_the_host(PaypalServerSdk.Standard.Environment environment, string host) =>
        new PaypalServerSdkClient.Builder().Environment(environment).Build().GetBaseUri().ShouldBe(host);

    /// <summary>The one way to another host: a handler of one's own that changes the address, for the token too.</summary>
    [Fact]
    public async Task A_handler_can_send_everything_elsewhere()
    {
        var elsewhere = new HttpClient(new Elsewhere { InnerHandler = transport });
        var client = transport.Client(http: http => http.HttpClientInstance(elsewhere, false));

        await client.OrdersController.GetOrderAsync(new GetOrderInput { Id = "5O1" }, Stop);

        transport.TokenCalls.Concat(transport.Calls).ShouldAllBe(call => call.Uri.Authority == "127.0.0.1:7074");
        client.GetBaseUri().ShouldBe("https://api-m.sandbox.paypal.com");
    }

    [Fact]
    public async Task A_value_that_is_unknown_cannot_be_sent()
    {
        var order = new OrderRequest { Intent = CheckoutPaymentIntent._Unknown };

        await Should.ThrowAsync<Newtonsoft.Json.JsonSerializationException>(
            () => Client.OrdersController.CreateOrderAsync(new CreateOrderInput { Body = order }));

        transport.Calls.ShouldBeEmpty();
    }

    private static OrderRequest FullOrder() => new()
    {
        Intent = CheckoutPaymentIntent.Capture,
        PurchaseUnits =
        [
            new PurchaseUnitRequest
            {
                CustomId = "o1",
                InvoiceId = "SF-1",
                Amount = new AmountWithBreakdown
                {
                    CurrencyCode = "GBP",
                    MValue = "12.00",
                    Breakdown = new AmountBreakdown { ItemTotal = new Money("GBP", "10.00"), TaxTotal = new Money("GBP", "2.00") },
                },
                Items =
                [
                    new ItemRequest
                    {
                        Name = "Rack – 42U", Quantity = "1", Sku = "RACK", Category = ItemCategory.PhysicalGoods,
                        UnitAmount = new Money("GBP", "10.00"), Tax = new Money { CurrencyCode = "GBP", MValue = "2.00" },
                    },
                ],
            },
        ],
        PaymentSource = new PaymentSource
        {
            Paypal = new PaypalWallet
            {
                ExperienceContext = new PaypalWalletExperienceContext
                {
                    BrandName = "Shop",
                    Locale = "en-GB",
                    ReturnUrl = "https://shop.test/back",
                    CancelUrl = "https://shop.test/cancel",
                    ShippingPreference = PaypalWalletContextShippingPreference.NoShipping,
                    UserAction = PaypalExperienceUserAction.PayNow,
                    LandingPage = PaypalExperienceLandingPage.NoPreference,
                    PaymentMethodPreference = PayeePaymentMethodPreference.ImmediatePaymentRequired,
                },
            },
        },
    };

    private const string FullOrderJson =
        """
        {"intent":"CAPTURE","purchase_units":[{"custom_id":"o1","invoice_id":"SF-1",
          "amount":{"currency_code":"GBP","value":"12.00","breakdown":{
            "item_total":{"currency_code":"GBP","value":"10.00"},"tax_total":{"currency_code":"GBP","value":"2.00"}}},
          "items":[{"name":"Rack – 42U","quantity":"1","sku":"RACK","category":"PHYSICAL_GOODS",
            "unit_amount":{"currency_code":"GBP","value":"10.00"},"tax":{"currency_code":"GBP","value":"2.00"}}]}],
         "payment_source":{"paypal":{"experience_context":{"brand_name":"Shop","locale":"en-GB","return_url":"https://shop.test/back",
            "cancel_url":"https://shop.test/cancel","shipping_preference":"NO_SHIPPING","user_action":"PAY_NOW",
            "landing_page":"NO_PREFERENCE","payment_method_preference":"IMMEDIATE_PAYMENT_REQUIRED"}}}}
        """;

    private sealed class Elsewhere : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(new Uri("http://127.0.0.1:7074"), request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
