using PaypalServerSdk.Standard.Authentication;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Http;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Http.Response;
using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Controllers;

public class OrdersController : BaseController
{
    internal OrdersController(Transport transport, ClientCredentialsAuthManager auth)
        : base(transport, auth)
    {
    }

    public Task<ApiResponse<Order>> CreateOrderAsync(CreateOrderInput input, CancellationToken cancellationToken = default) =>
        CallAsync<Order>(
            new ApiRequest(HttpMethod.Post, "/v2/checkout/orders")
                .Json(input.Body)
                .Header("PayPal-Mock-Response", input.PaypalMockResponse)
                .Header("PayPal-Request-Id", input.PaypalRequestId)
                .Header("PayPal-Partner-Attribution-Id", input.PaypalPartnerAttributionId)
                .Header("PayPal-Client-Metadata-Id", input.PaypalClientMetadataId)
                .Header("Prefer", input.Prefer)
                .Header("PayPal-Auth-Assertion", input.PaypalAuthAssertion),
            Refusal,
            cancellationToken);

    public Task<ApiResponse<Order>> GetOrderAsync(GetOrderInput input, CancellationToken cancellationToken = default) =>
        CallAsync<Order>(
            new ApiRequest(HttpMethod.Get, "/v2/checkout/orders/{id}")
                .Template("id", input.Id)
                .Header("PayPal-Mock-Response", input.PaypalMockResponse)
                .Header("PayPal-Auth-Assertion", input.PaypalAuthAssertion)
                .Query("fields", input.Fields),
            Refusal,
            cancellationToken);

    public Task<ApiResponse<Order>> CaptureOrderAsync(CaptureOrderInput input, CancellationToken cancellationToken = default) =>
        CallAsync<Order>(
            new ApiRequest(HttpMethod.Post, "/v2/checkout/orders/{id}/capture")
                .Json(input.Body)
                .Template("id", input.Id)
                .Header("PayPal-Mock-Response", input.PaypalMockResponse)
                .Header("PayPal-Request-Id", input.PaypalRequestId)
                .Header("Prefer", input.Prefer)
                .Header("PayPal-Client-Metadata-Id", input.PaypalClientMetadataId)
                .Header("PayPal-Auth-Assertion", input.PaypalAuthAssertion),
            Refusal,
            cancellationToken);

    private static ErrorException Refusal(HttpContext context) =>
        new($"PayPal refused a call about an order with status {context.Response.StatusCode}.", context);
}
