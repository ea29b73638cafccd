using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Payments.Stripe;

/// <summary>Deliveries that a test signs and sends by itself.</summary>
internal static class Webhook
{
    public const string Path = "api/webhooks/stripe";

    public const string Secret = "whsec_local_sandbox_only";

    public static string Sign(RunningShop shop, string body, string secret = Secret, TimeSpan age = default) =>
        WebhookSignature.Header(body, [secret], shop.Clock.GetUtcNow() - age);

    public static Task<HttpResponseMessage> DeliverAsync(RunningShop shop, string body, string? signature = null) =>
        shop.Anonymous().CallAsync("POST", Path, Call.Json(body), ("Stripe-Signature", signature ?? Sign(shop, body)));

    /// <summary>Pays an order and keeps Stripe's own deliveries from being accepted.</summary>
    /// <returns>The body of the event that says it is paid.</returns>
    public static async Task<string> OfPaymentAsync(RunningShop shop, HttpClient customer, string order)
    {
        await shop.Stripe.PayAsync(await customer.CheckoutAsync(order), PaymentOutcome.Succeeds);
        shop.Stripe.Faults.Add(new WebhookFault(WebhookFaultKind.WrongSignature) { Times = 50 });
        var deliveries = await shop.Stripe.DeliverAsync(TestContext.Current.CancellationToken);
        deliveries.ShouldAllBe(delivery => delivery.Status == 400);
        shop.Stripe.Faults.Clear();
        return deliveries.Last(delivery => delivery.EventType == "checkout.session.completed").Body;
    }
}
