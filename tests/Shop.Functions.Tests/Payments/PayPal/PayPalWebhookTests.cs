using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>What becomes of a delivery that PayPal has signed.</summary>
public sealed class PayPalWebhookTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"id":"WH-9","event_type":"PAYMENT.CAPTURE.COMPLETED","create_time":"2026-11-20T12:00:00Z"}""")]
    public async Task Whatever_is_signed_and_cannot_be_read_is_kept_for_a_person(string body)
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await RunningShop.StartAsync(emulator, host.Settings);
        (await shop.DeliverAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var kept = JsonNode.Parse((await MessagesAsync(shop, "payment-events-poison")).ShouldHaveSingleItem())!;
        kept["provider"]!.GetValue<string>().ShouldBe("paypal");
        kept["eventId"]!.GetValue<string>().ShouldBe(body.Contains("WH-9", StringComparison.Ordinal) ? "WH-9" : "unknown");
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Critical).ShouldBe(1);
        (await MessagesAsync(shop, "payment-events")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_is_signed_and_no_text_is_kept_for_a_person()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await RunningShop.StartAsync(emulator, host.Settings);
        byte[] bytes = [.. Encoding.UTF8.GetBytes(PayPalSigner.Event), 0xC3, 0x28];
        (await shop.DeliverAsync(bytes, PayPalSigner.Sign(bytes))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await MessagesAsync(shop, "payment-events-poison")).ShouldHaveSingleItem().ShouldContain("not_utf8");
    }

    [Fact]
    public async Task Deliveries_cost_one_call_and_what_is_none_of_our_business_none()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await RunningShop.StartAsync(emulator, host.Settings);
        await shop.DeliverAsync(PayPalSigner.Event);
        shop.Calls.Reset();
        (await shop.DeliverAsync(PayPalSigner.Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Calls.Calls.ShouldBeEmpty();
        shop.Log.Entries.Count(entry => entry.Text.StartsWith("A PayPal event is none of this shop's business: ", StringComparison.Ordinal)).ShouldBe(2, "each is counted");
        (await shop.DeliverAsync(PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Calls.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_to_come_again()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await RunningShop.StartAsync(emulator, host.Settings);
        var queue = new QueueClient(shop.StorageConnectionString, "payment-events");
        await queue.DeleteAsync(Stop);
        var body = PayPalWire.Event("PAYMENT.CAPTURE.COMPLETED", PayPalWire.Capture());
        (await shop.DeliverAsync(body)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await queue.CreateAsync(cancellationToken: Stop);
        (await shop.DeliverAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PayPals_own_deliveries_are_taken_and_its_misbehaviour_is_turned_away()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        foreach (var kind in (WebhookFaultKind[])[
            WebhookFaultKind.WrongSignature, WebhookFaultKind.ForeignCertificateHost, WebhookFaultKind.HttpCertificateUrl,
            WebhookFaultKind.ForeignCertificate, WebhookFaultKind.WrongWebhookId])
        {
            shop.PayPal.Faults.Add(new WebhookFault(kind) { Times = 9 });
            (await shop.PayPal.DeliverAsync(Stop)).Select(delivery => delivery.Status).ShouldHaveSingleItem().ShouldBe(400, kind.ToString());
            shop.PayPal.Faults.Clear();
        }

        (await MessagesAsync(shop, "payment-events")).ShouldBeEmpty();
        shop.PayPal.Faults.Add(new WebhookFault(WebhookFaultKind.Duplicate) { Times = 9, Copies = 5 });
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Captures.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Refunds_and_disputes_that_begin_at_paypal_reach_the_order()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        var capture = shop.PayPal.Captures.Single().Id;

        await shop.PayPal.RefundAsync(capture, 10_000);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("partly_refunded");
        (await ada.ReadAsync($"api/orders/{order}"))["payment"]!["refunded"]!["amount"]!.GetValue<long>().ShouldBe(10_000);

        var dispute = await shop.PayPal.OpenDisputeAsync(capture);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("disputed");
        await shop.PayPal.CloseDisputeAsync(dispute, DisputeOutcome.Won);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("partly_refunded");
    }

    [Fact]
    public async Task A_capture_that_paypal_takes_back_needs_a_person()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        await shop.PayPal.ReverseCaptureAsync(shop.PayPal.Captures.Single().Id);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("needs_review");
        (await shop.OrderAsync(order)).Ledger.ShouldContain(fact => fact.Kind == FactKind.Reversal);
    }

    [Fact]
    public async Task An_approval_that_is_taken_back_is_not_captured()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var checkout = await ada.PayPalCheckoutAsync(order);
        await shop.PayPal.ApproveAsync(checkout);
        await shop.PayPal.ReverseApprovalAsync(checkout);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");
        shop.PayPal.Captures.ShouldBeEmpty();

        (await ada.PayPalCheckoutAsync(order)).ShouldNotBe(checkout);
    }

    private static async Task<IReadOnlyList<string>> MessagesAsync(RunningShop shop, string queue) =>
        [.. (await shop.Queue(queue).PeekMessagesAsync(32, Stop)).Value.Select(message => message.Body.ToString())];
}
