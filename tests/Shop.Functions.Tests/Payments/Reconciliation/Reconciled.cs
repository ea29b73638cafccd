using System.Text.Json.Nodes;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Payments.Reconciliation;

/// <summary>What the tests of reconciliation have in common.</summary>
internal static class Reconciled
{
    public const string Path = "api/operations/reconciliation";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Time for the webhooks to come, the timer, and the queues.</summary>
    public static async Task ReconcileEventsAsync(this RunningShop shop)
    {
        shop.Clock.Advance(TimeSpan.FromMinutes(6));
        await shop.Host.InvokeAsync(nameof(ReconcileEvents), null, Stop);
        await shop.SettleAsync();
    }

    public static async Task<JsonNode> ReconciliationAsync(this RunningShop shop, string provider) =>
        (await shop.As("operator@example.com", "Shop.Operator").ReadAsync(Path))["items"]!.AsArray().Single(item => item!["provider"]!.GetValue<string>() == provider)!;

    /// <summary>An order that is paid, and knows it.</summary>
    public static async Task PayByAsync(this RunningShop shop, Stage stage, string provider)
    {
        await stage.PlaceAsync();
        if (provider == "stripe") await shop.Stripe.PayAsync(await stage.Person.CheckoutAsync(stage.OrderId), PaymentOutcome.Succeeds);
        else await shop.PayPal.ApproveAsync(await stage.Person.PayPalCheckoutAsync(stage.OrderId));
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
    }

    /// <summary>The first payment of which nothing was refunded is disputed, or refunded in the dashboard, and no webhook says so.</summary>
    public static async Task LosePaymentAsync(this RunningShop shop, string provider, string what)
    {
        if (what == "dispute") await (provider == "stripe" ? shop.Stripe.OpenDisputeAsync(Intent()) : shop.PayPal.OpenDisputeAsync(Capture()));
        else if (provider == "stripe") await shop.Stripe.SettleRefundAsync(await shop.Stripe.RefundAsync(Intent()));
        else await shop.PayPal.RefundAsync(Capture());
        await shop.LoseWebhooksAsync();

        string Intent() => shop.Stripe.Books.First(payment => payment.Refunded == 0).PaymentIntentId;

        string Capture() => shop.PayPal.Captures.First(capture => capture.Status == "COMPLETED").Id;
    }
}
