using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Links;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;
using Shop.Functions.Tracking;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Platform;

/// <content>From an order to its last parcel, and what staff do about it.</content>
internal sealed partial class EveryUseCase
{
    private async Task OrdersAsync()
    {
        var client = Person.Client;
        var order = await PlaceAsync("stripe");
        await CallAsync(client, "GET", "api/orders");
        await CallAsync(client, "GET", $"api/orders/{order}");
        await CallAsync(client, "GET", $"api/orders/{order}/tracking");
        var placed = await new OrderStore(shop.Tables()).FindAsync(order, TestContext.Current.CancellationToken);
        await CallAsync(shop.Anonymous(), "GET", TrackingLink.To(placed!, shop.Host.Services.GetRequiredService<SignedLinks>()).PathAndQuery);
        var payment = new { provider = "stripe", returnUrl = "https://shop.example/a", cancelUrl = "https://shop.example/b" };
        var started = await CallAsync(client, "POST", $"api/orders/{order}/payments", payment);
        await CallAsync(client, "POST", $"api/orders/{order}/payments/confirm", new { provider = "stripe" });
        await shop.Stripe.PayAsync(new Uri((await started.JsonAsync())["redirectUrl"]!.GetValue<string>()).Segments[^1], PaymentOutcome.Succeeds, PayerEmail, PayerName);

        var other = await PlaceAsync("paypal");
        await shop.PayPal.ApproveAsync(await client.PayPalCheckoutAsync(other), email: PayerEmail, name: PayerName);

        // The webhooks come while the queue is out of order, and again.
        Fail();
        await shop.Stripe.DeliverAsync(TestContext.Current.CancellationToken);
        Fail();
        await shop.PayPal.DeliverAsync(TestContext.Current.CancellationToken);
        Mend();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.SettleAsync();
        (await client.PaymentStatusAsync(order)).ShouldBe("paid");
        (await client.PaymentStatusAsync(other)).ShouldBe("paid");
        foreach (var path in new[] { "api/webhooks/stripe", "api/webhooks/paypal" })
            await RefuseAsync(shop.Anonymous(), "POST", path, Call.Json($$"""{"payer":"{{PayerName}}","email":"{{PayerEmail}}"}"""), ("Stripe-Signature", "t=1,v1=00"));
    }

    private async Task StaffAsync()
    {
        var (finance, fulfilment) = (shop.As("grace@example.com", "Shop.Finance"), shop.As("fred@example.com", "Shop.Fulfilment"));
        var cancelled = await PlaceAsync("cancelled");
        await CallAsync(Person.Client, "POST", $"api/orders/{cancelled}/cancel");
        // Nothing is expected of it any more: the stream has one event and ends.
        await CallAsync(Person.Client, "GET", $"api/orders/{cancelled}/tracking/stream");

        var paid = await PlaceAsync("shipped");
        await shop.ReceiveAsync(paid, order => order.Gross);
        var parcel = new { carrier = Prose, trackingNumber = Parcel };
        await CallAsync(fulfilment, "POST", $"api/orders/{paid}/shipments", parcel, ("Idempotency-Key", "parcel"));
        await CallAsync(Person.Client, "GET", $"api/orders/{paid}/shipments/1");
        await CallAsync(fulfilment, "GET", "api/fulfilment/orders");
        await CallAsync(fulfilment, "GET", $"api/orders/numbers/{OrderIds.NumberOf(paid)}");
        await CallAsync(fulfilment, "PATCH", $"api/orders/{paid}/shipments/1", new { carrier = Prose }, ("If-Match", "*"));
        await CallAsync(fulfilment, "DELETE", $"api/orders/{paid}/shipments/1");
        await CallAsync(fulfilment, "POST", $"api/orders/{paid}/shipments", parcel, ("Idempotency-Key", "parcel-again"));
        await shop.Carrier.TellAsync(ParcelReference.Of(paid, 2), "collected");
        Fail();
        await shop.Carrier.DeliverAsync(TestContext.Current.CancellationToken);
        Mend();
        await shop.SettleAsync();
        await RefuseAsync(shop.Anonymous(), "POST", "api/webhooks/carriers/parcelco", Call.Json($$"""{"place":"{{Parcel}}"}"""), ("Carrier-Signature", "t=1,v1=00"));
        await CallAsync(fulfilment, "POST", $"api/orders/{paid}/shipments/2/events", new { eventId = Parcel, kind = "delivered", at = shop.Clock.GetUtcNow(), place = Parcel });
        var part = new { reason = "faulty", note = Prose, amount = new { amount = 100, currency = "GBP" } };
        var refund = await CallAsync(finance, "POST", $"api/orders/{paid}/refunds", part, ("Idempotency-Key", "refund"));
        var refundId = (await refund.JsonAsync())["id"]!.GetValue<string>();
        await CallAsync(finance, "GET", $"api/orders/{paid}/refunds");
        await CallAsync(finance, "GET", $"api/orders/{paid}/refunds/{refundId}");
        await CallAsync(finance, "POST", "api/orders/search", new { email = $"{Person.Values[0]}@example.com", payment = "paid" });
        await CallAsync(finance, "DELETE", $"api/orders/{paid}/refunds/{refundId}");
        await shop.SendLookAsync(paid);
        await shop.SettleAsync();
        var documents = await CallAsync(Person.Client, "GET", $"api/orders/{paid}/documents");
        var invoice = (await documents.JsonAsync())["items"]![0]!["number"]!.GetValue<string>();
        foreach (var format in new[] { "text/html", "application/pdf", "application/json" })
            await CallAsync(finance, "GET", $"api/orders/{paid}/documents/{invoice}", null, ("Accept", format));

        var rest = await PlaceAsync("rest", quantity: 2);
        await shop.ReceiveAsync(rest, order => order.Gross);
        await CallAsync(fulfilment, "POST", $"api/orders/{rest}/shipments", new { carrier = Prose, lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } } }, ("Idempotency-Key", "half"));
        await new OrderStore(shop.Tables()).ChangeAsync(
            rest,
            order => order.With(new LedgerEntry(FactKind.Refund, "stripe", $"re_{rest}", $"capture:stripe:pi_{rest}", order.Gross / 2, order.Currency, FactStatus.Succeeded, order.PlacedAt)),
            TestContext.Current.CancellationToken);
        var closed = await (await CallAsync(finance, "POST", $"api/orders/{rest}/remainder/close", null, ("If-Match", "*"))).JsonAsync();
        closed["fulfilment"]!["notSent"]![0]!["quantity"]!.GetValue<int>().ShouldBe(1);

        var back = await PlaceAsync("back", sku: "CABLE-2M");
        await shop.ReceiveAsync(back, order => order.Gross);
        await CallAsync(fulfilment, "POST", $"api/orders/{back}/shipments", parcel, ("Idempotency-Key", "comes-back"));
        await CallAsync(fulfilment, "POST", $"api/orders/{back}/shipments/1/events", new { eventId = Parcel, kind = "returned", at = shop.Clock.GetUtcNow(), place = Parcel });
        await CallAsync(fulfilment, "PUT", $"api/orders/{back}/shipments/1/restock", new { lines = new[] { new { sku = "CABLE-2M", quantity = 1 } } });

        var odd = await PlaceAsync("odd");
        await shop.ReceiveAsync(odd, _ => 100);
        await CallAsync(finance, "GET", "api/reviews");
        await CallAsync(finance, "POST", $"api/reviews/{odd}/resolve", new { decision = "accept", reason = "other", note = Prose });
        var replay = new { provider = "stripe", from = shop.Ago(TimeSpan.FromDays(1)), to = shop.Ago(TimeSpan.Zero) };
        await CallAsync(shop.As("olga@example.com", "Shop.Operator"), "POST", "api/operations/replay", replay);
        await CallAsync(shop.As("olga@example.com", "Shop.Operator"), "GET", "api/operations/reconciliation");
        await CallAsync(shop.As("olga@example.com", "Shop.Operator"), "POST", "api/operations/fulfilment/rebuild");
        await DeadLettersAsync(shop.As("olga@example.com", "Shop.Operator"));
    }

    private async Task<string> PlaceAsync(string key, int quantity = 1, string sku = "UPS-LI-1500")
    {
        var body = new
        {
            lines = new[] { new { sku, quantity } },
            deliveryAddress = new { name = Own("Recipient"), line1 = Own("Line"), city = Own("City"), postcode = "N1", country = "GB" },
            billingAddress = new { name = Own("Payer"), line1 = Own("Mill"), city = Own("Town"), postcode = "N2", country = "GB" },
            purchaseOrderNumber = Own("PO"),
        };
        await CallAsync(Person.Client, "POST", "api/orders/quote", body);
        return (await (await CallAsync(Person.Client, "POST", "api/orders", body, ("Idempotency-Key", key))).JsonAsync())["id"]!.GetValue<string>();
    }
}
