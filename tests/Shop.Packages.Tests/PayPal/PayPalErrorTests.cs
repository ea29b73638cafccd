using Newtonsoft.Json;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Models;
using static Shop.Packages.Tests.PayPal.PayPalTransport;

namespace Shop.Packages.Tests.PayPal;

public sealed class PayPalErrorTests
{
    private const string AlreadyCaptured =
        """
        {"name":"UNPROCESSABLE_ENTITY","message":"The requested action could not be performed.","debug_id":"f1",
         "details":[{"issue":"ORDER_ALREADY_CAPTURED","description":"Order already captured.","field":"/id","value":"5O1","location":"path","links":[]}],
         "links":[{"href":"https://developer.paypal.com/docs","rel":"information_link","method":"GET"}],"unheard_of":true}
        """;

    [Fact]
    public async Task A_refusal_carries_PayPal_s_own_words()
    {
        var refusal = await Refusal<ErrorException>(Answer(AlreadyCaptured, 422, ("Paypal-Debug-Id", "f1")));

        refusal.ResponseCode.ShouldBe(422);
        refusal.Name.ShouldBe("UNPROCESSABLE_ENTITY");
        refusal.Message.ShouldBe("The requested action could not be performed.");
        refusal.DebugId.ShouldBe("f1");
        var detail = refusal.Details.ShouldHaveSingleItem();
        (detail.Issue, detail.Field, detail.MValue, detail.Location).ShouldBe(("ORDER_ALREADY_CAPTURED", "/id", "5O1", "path"));
        detail.Description.ShouldBe("Order already captured.");
        refusal.Links.ShouldHaveSingleItem().Rel.ShouldBe("information_link");
        refusal.HttpContext.Response.StatusCode.ShouldBe(422);
        refusal.HttpContext.Response.Headers["PAYPAL-DEBUG-ID"].ShouldBe("f1");
        refusal.HttpContext.Response.Body.ShouldBe(AlreadyCaptured);
        refusal.HttpContext.Request.HttpMethod.ShouldBe(HttpMethod.Post);
        refusal.HttpContext.Request.QueryUrl.ShouldEndWith("/v2/checkout/orders/5O1/capture");
    }

    [Fact]
    public async Task Seen_as_its_base_type_it_has_a_fixed_message()
    {
        Exception refusal = await Refusal<ErrorException>(Answer(AlreadyCaptured, 422));

        refusal.Message.ShouldNotBe("The requested action could not be performed.");
        refusal.Message.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("<html>busy</html>", 503)]
    [InlineData("", 500)]
    [InlineData("""{"error":"invalid_token","error_description":"The token has expired"}""", 401)]
    public async Task Without_PayPal_s_JSON_there_is_no_name_but_the_body_is_kept(string body, int status)
    {
        var refusal = await Refusal<ErrorException>(Answer(body, status));

        refusal.ResponseCode.ShouldBe(status);
        refusal.Name.ShouldBeNull();
        refusal.Details.ShouldBeNull();
        refusal.HttpContext.Response.Body.ShouldBe(body);
    }

    [Theory]
    [InlineData("""{"name":"X","details":"not a list"}""")]
    [InlineData("[1]")]
    public async Task JSON_of_another_shape_escapes_as_a_failure_to_read_it(string body) =>
        await Refusal<JsonSerializationException>(Answer(body, 422));

    [Fact]
    public async Task A_payment_call_that_failed_inside_PayPal_has_no_name()
    {
        var transport = new PayPalTransport(Answer("""{"name":"INTERNAL_SERVER_ERROR","details":"odd"}""", 500));
        var payments = transport.Client().PaymentsController;

        var refund = await Should.ThrowAsync<ApiException>(() => payments.RefundCapturedPaymentAsync(new RefundCapturedPaymentInput { CaptureId = "2GG" }));
        var capture = await Should.ThrowAsync<ApiException>(() => payments.GetCapturedPaymentAsync(new GetCapturedPaymentInput { CaptureId = "2GG" }));

        refund.ShouldNotBeOfType<ErrorException>();
        refund.ResponseCode.ShouldBe(500);
        capture.ShouldNotBeOfType<ErrorException>();
    }

    [Theory]
    [InlineData(404, "RESOURCE_NOT_FOUND")]
    [InlineData(409, "RESOURCE_CONFLICT")]
    [InlineData(422, "UNPROCESSABLE_ENTITY")]
    [InlineData(429, "RATE_LIMIT_REACHED")]
    public async Task Other_refusals_of_a_payment_call_have_one(int status, string name)
    {
        var transport = new PayPalTransport(Answer($$"""{"name":"{{name}}"}""", status));

        var refusal = await Should.ThrowAsync<ErrorException>(
            () => transport.Client().PaymentsController.GetRefundAsync(new GetRefundInput { RefundId = "1JU" }));

        refusal.Name.ShouldBe(name);
        refusal.ResponseCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_success_that_is_no_JSON_escapes_as_a_failure_to_read_it() => await Refusal<JsonReaderException>(Answer("<html>", 200));

    private static async Task<T> Refusal<T>(Func<HttpResponseMessage> answer)
        where T : Exception
    {
        var orders = new PayPalTransport(answer).Client().OrdersController;
        return await Should.ThrowAsync<T>(() => orders.CaptureOrderAsync(new CaptureOrderInput { Id = "5O1" }));
    }
}
