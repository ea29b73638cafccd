using PaypalServerSdk.Standard.Authentication;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Http;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Http.Response;
using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Controllers;

public class PaymentsController : BaseController
{
    internal PaymentsController(Transport transport, ClientCredentialsAuthManager auth)
        : base(transport, auth)
    {
    }

    public Task<ApiResponse<CapturedPayment>> GetCapturedPaymentAsync(
        GetCapturedPaymentInput input, CancellationToken cancellationToken = default) =>
        CallAsync<CapturedPayment>(
            new ApiRequest(HttpMethod.Get, "/v2/payments/captures/{capture_id}")
                .Template("capture_id", input.CaptureId)
                .Header("PayPal-Mock-Response", input.PaypalMockResponse),
            Refusal,
            cancellationToken);

    public Task<ApiResponse<Refund>> RefundCapturedPaymentAsync(
        RefundCapturedPaymentInput input, CancellationToken cancellationToken = default) =>
        CallAsync<Refund>(
            new ApiRequest(HttpMethod.Post, "/v2/payments/captures/{capture_id}/refund")
                .Json(input.Body)
                .Template("capture_id", input.CaptureId)
                .Header("PayPal-Mock-Response", input.PaypalMockResponse)
                .Header("PayPal-Request-Id", input.PaypalRequestId)
                .Header("Prefer", input.Prefer)
                .Header("PayPal-Auth-Assertion", input.PaypalAuthAssertion),
            Refusal,
            cancellationToken);

    public Task<ApiResponse<Refund>> GetRefundAsync(GetRefundInput input, CancellationToken cancellationToken = default) =>
        CallAsync<Refund>(
            new ApiRequest(HttpMethod.Get, "/v2/payments/refunds/{refund_id}")
                .Template("refund_id", input.RefundId)
                .Header("PayPal-Mock-Response", input.PaypalMockResponse)
                .Header("PayPal-Auth-Assertion", input.PaypalAuthAssertion),
            Refusal,
            cancellationToken);

    /// <summary>These calls do not say more than the status when it is 500.</summary>
    private static ApiException Refusal(HttpContext context)
    {
        var reason = $"PayPal refused a call about a payment with status {context.Response.StatusCode}.";
        return context.Response.StatusCode == 500 ? new ApiException(reason, context) : new ErrorException(reason, context);
    }
}
