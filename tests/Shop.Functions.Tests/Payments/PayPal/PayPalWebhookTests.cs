using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
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

/// <summary>The configured alternative: PayPal itself is asked whether it has sent a delivery.</summary>
public sealed class PayPalPostbackTests(StorageEmulator emulator)
{
    private const string Verify = "/v1/notifications/verify-webhook-signature";

    /// <summary>What is lost when a body is written anew: spaces, an order of members, 1.0, an empty object, an escape.</summary>
    private const string Odd = """{ "event_type":"VAULT.CREDIT-CARD.CREATED","id":"WH-1", "amount": 1.0, "x":{}, "name":"Zo\u00eb \/ é","create_time":"2026-11-20T12:00:00Z","resource":{}}""";

    [Theory]
    [InlineData("SUCCESS", HttpStatusCode.OK)]
    [InlineData("FAILURE", HttpStatusCode.BadRequest)]
    [InlineData("success", HttpStatusCode.BadRequest)]
    public async Task PayPals_word_decides_and_the_body_reaches_it_byte_for_byte(string word, HttpStatusCode expected)
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        host.Answers[Verify] = context => context.Response.WriteAsync($$"""{"verification_status":"{{word}}"}""");
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(expected);

        var asked = host.Asked.Where(one => one.Call == $"POST {Verify}").ToList();
        asked.Count.ShouldBe(word == "SUCCESS" ? 1 : 2, "once for each of our webhooks");
        asked[0].Body.ShouldEndWith($"\"webhook_event\":{Odd}}}");
        var request = JsonNode.Parse(asked[0].Body)!;
        request["webhook_id"]!.GetValue<string>().ShouldBe(PayPalSigner.WebhookId);
        request["auth_algo"]!.GetValue<string>().ShouldBe("SHA256withRSA");
        request["transmission_id"]!.GetValue<string>().ShouldBe("69cd13f0-d67a-11e5-baa3-778b53f4ae55");
        host.Asked.ShouldNotContain(one => one.Call.Contains("/certs/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task While_paypal_does_not_answer_the_delivery_is_to_come_again(int status)
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        host.Answers[Verify] = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        // A key that is refused is for somebody to put right, at once.
        shop.Log.Entries.Any(entry => entry.Level == LogLevel.Critical && entry.Text.StartsWith($"paypal does not let this shop do that: {status}", StringComparison.Ordinal))
            .ShouldBe(status is 401 or 403);
    }

    [Fact]
    public async Task What_could_put_words_into_the_request_does_not_reach_paypal()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        host.Answers[Verify] = context => context.Response.WriteAsync("""{"verification_status":"SUCCESS"}""");
        foreach (var body in (string[])["""{},"webhook_id":"OTHER" """, "", "{", "not json"])
        {
            (await shop.DeliverAsync(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            host.Asked.ShouldNotContain(one => one.Call == $"POST {Verify}");
        }

        var bytes = Encoding.UTF8.GetBytes(Odd);
        var headers = PayPalSigner.Sign(bytes);
        headers["PAYPAL-CERT-URL"] = "https://evil.example/v1/notifications/certs/CERT-1";
        (await shop.DeliverAsync(bytes, headers)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Asked.ShouldNotContain(one => one.Call == $"POST {Verify}");
    }

    [Fact]
    public async Task A_token_that_is_no_longer_good_is_replaced_and_a_good_one_is_kept()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        var good = "Bearer token-1";
        host.Answers[Verify] = context =>
        {
            if (context.Request.Headers.Authorization != good)
            {
                context.Response.StatusCode = 401;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"verification_status":"SUCCESS"}""");
        };
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Asked.Count(one => one.Call.EndsWith("/token", StringComparison.Ordinal)).ShouldBe(1);
        good = "Bearer token-2";
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Asked.Count(one => one.Call.EndsWith("/token", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_payment_is_heard_of_in_this_way_too()
    {
        await using var shop = await RunningShop.StartAsync(emulator, new Dictionary<string, string?> { ["PayPal:Verification"] = "Postback" });
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.Calls.Calls.ShouldContain($"POST {Verify}");
    }

    private async Task<RunningShop> StartAsync(PayPalHost host)
    {
        var settings = host.Settings;
        settings["PayPal:Verification"] = "Postback";
        var tokens = 0;
        host.Answers["/v1/oauth2/token"] = context => context.Response.WriteAsync(
            $$"""{"access_token":"token-{{++tokens}}","token_type":"Bearer","expires_in":32400}""");
        return await RunningShop.StartAsync(emulator, settings);
    }
}
