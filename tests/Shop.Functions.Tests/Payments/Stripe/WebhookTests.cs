using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Payments.Stripe;

/// <summary>What becomes of a delivery that Stripe has signed.</summary>
public sealed class WebhookTests(StorageEmulator emulator)
{
    [Fact]
    public async Task While_the_secret_is_rotated_both_secrets_are_good()
    {
        var settings = new Dictionary<string, string?> { ["Stripe:WebhookSecrets:0"] = "whsec_the_new_one", ["Stripe:WebhookSecrets:1"] = "whsec_the_old_one" };
        await using var shop = await RunningShop.StartAsync(emulator, settings);
        var ada = await shop.Customer();
        foreach (var secret in new[] { "whsec_the_new_one", "whsec_the_old_one" })
        {
            var order = await ada.OrderAsync(secret);
            var body = await Webhook.OfPaymentAsync(shop, ada, order);
            (await Webhook.DeliverAsync(shop, body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await Webhook.DeliverAsync(shop, body, Webhook.Sign(shop, body, secret))).StatusCode.ShouldBe(HttpStatusCode.OK);
            await shop.Host.DrainQueuesAsync(TestContext.Current.CancellationToken);
            (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        }
    }

    [Fact]
    public async Task A_delivery_with_a_foreign_signature_beside_the_right_one_is_accepted()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Stripe.Faults.Add(new WebhookFault(WebhookFaultKind.TwoSignatures) { Times = 9 });
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
    }

    [Theory]
    [InlineData("\"2025-11-17.clover\"")]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task An_event_of_another_api_version_is_kept_for_a_person_and_raises_an_alarm(string version)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var payload = JsonNode.Parse(await Webhook.OfPaymentAsync(shop, ada, order))!;
        payload["api_version"] = JsonNode.Parse(version);
        var id = payload["id"]!.GetValue<string>();

        (await Webhook.DeliverAsync(shop, payload.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.OK);

        var kept = JsonNode.Parse((await MessagesAsync(shop, "payment-events-poison")).ShouldHaveSingleItem())!;
        kept.ToJsonString().ShouldBe($$"""{"provider":"stripe","eventId":"{{id}}","type":"checkout.session.completed","reason":"api_version"}""");
        (await MessagesAsync(shop, "payment-events")).ShouldBeEmpty();
        shop.Log.Entries.Where(entry => entry.Level == LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldContain(id);
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"id":"evt_9","object":"event"}""")]
    [InlineData("""{"id":"evt_9","object":"v2.core.event","type":"v1.billing.meter.no_meter_found"}""")]
    [InlineData("""{"id":{"a":1},"type":[1]}""")]
    public async Task Whatever_is_signed_and_cannot_be_read_is_kept_for_a_person(string body)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        (await Webhook.DeliverAsync(shop, body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var kept = JsonNode.Parse((await MessagesAsync(shop, "payment-events-poison")).ShouldHaveSingleItem())!;
        kept["provider"]!.GetValue<string>().ShouldBe("stripe");
        kept["reason"]!.GetValue<string>().ShouldNotBeEmpty();
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Critical).ShouldBe(1);
    }

    [Theory]
    [InlineData("customer.created", """{"id":"cus_1","object":"customer"}""")]
    [InlineData("something.nobody_has_heard_of", """{"id":"x_1","object":"unheard_of"}""")]
    [InlineData("checkout.session.completed", """{"id":"cs_1","object":"checkout.session","status":"complete","payment_status":"paid","metadata":{}}""")]
    public async Task What_is_none_of_our_business_is_accepted_and_queued_nowhere(string type, string data)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var payload = JsonNode.Parse(await Webhook.OfPaymentAsync(shop, ada, await ada.OrderAsync()))!;
        payload["type"] = type;
        payload["data"]!["object"] = JsonNode.Parse(data);
        shop.Calls.Reset();
        (await Webhook.DeliverAsync(shop, payload.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Calls.Calls.ShouldBeEmpty();
        shop.Log.Entries.ShouldNotContain(entry => entry.Level == LogLevel.Critical);
        shop.Log.Entries.Count(entry => entry.Text.StartsWith("A Stripe event is none of this shop's business: ", StringComparison.Ordinal)).ShouldBe(1, "it is counted");
    }

    [Fact]
    public async Task Real_money_is_not_for_a_shop_with_a_test_key()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var payload = JsonNode.Parse(await Webhook.OfPaymentAsync(shop, ada, await ada.OrderAsync()))!;
        payload["livemode"] = true;
        shop.Calls.Reset();
        (await Webhook.DeliverAsync(shop, payload.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Calls.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_could_not_be_stored_is_delivered_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var cancellation = TestContext.Current.CancellationToken;
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        var queue = new QueueClient(shop.StorageConnectionString, "payment-events");
        await queue.DeleteAsync(cancellation);
        (await shop.Stripe.DeliverAsync(cancellation)).Select(delivery => delivery.Status).ShouldContain(503);
        await queue.CreateAsync(cancellationToken: cancellation);

        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
    }

    [Fact]
    public async Task The_same_event_fifty_times_at_once_changes_the_order_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var body = await Webhook.OfPaymentAsync(shop, ada, order);
        var signature = Webhook.Sign(shop, body);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Webhook.DeliverAsync(shop, body, signature)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await MessagesAsync(shop, "payment-events")).Count.ShouldBe(32, "as many as one may peek at");

        // What follows from it (the look, the invoice, the mails) is asked for more than once, and happens once.
        (await shop.Host.DrainQueuesAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThanOrEqualTo(50);
        (await shop.OrderAsync(order)).Documents.ShouldHaveSingleItem();
        shop.Mail.Mails.Count.ShouldBe(2, "received and paid");
        var row = (await new TableClient(shop.StorageConnectionString, "orders")
            .GetEntityAsync<TableEntity>(order, "order", cancellationToken: TestContext.Current.CancellationToken)).Value;
        JsonNode.Parse(row.GetString("Ledger"))!.AsArray().ShouldHaveSingleItem()!["status"]!.GetValue<string>().ShouldBe("Completed");
        JsonNode.Parse(row.GetString("Journal"))!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>()).ShouldBe(["placed", "payment_started", "capture_completed"]);
        (await ada.ReadAsync($"api/orders/{order}"))["payment"]!["received"]!["amount"]!.GetValue<long>().ShouldBe(59_760);
    }

    private static async Task<IReadOnlyList<string>> MessagesAsync(RunningShop shop, string queue)
    {
        var client = new QueueClient(shop.StorageConnectionString, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return [.. (await client.PeekMessagesAsync(32, TestContext.Current.CancellationToken)).Value.Select(message => message.Body.ToString())];
    }
}
