using Azure.Storage.Queues;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Payments.Stripe;

namespace Shop.Functions.Tests.Platform.Telemetry;

/// <summary>What an operator reads off the numbers: one shop, in which everything happens that is measured.</summary>
public sealed class ShopMetricsTests(StorageEmulator emulator)
{
    private const long Gross = 59_760;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deliveries_the_wait_for_payment_owed_money_lag_dead_letters_and_purges_are_measured()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        using var numbers = new NumberBook(shop);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var body = await Webhook.OfPaymentAsync(shop, ada, order);
        numbers.Of("shop.webhook.deliveries", "shop.provider=stripe shop.outcome=refused").ShouldNotBeEmpty();

        shop.Clock.Advance(TimeSpan.FromMinutes(4));
        await Webhook.DeliverAsync(shop, body);
        await Webhook.DeliverAsync(shop, body);
        await shop.Host.DrainQueuesAsync(Stop);
        numbers.Of("shop.webhook.deliveries", "shop.provider=stripe shop.outcome=queued").Sum().ShouldBe(2);
        numbers.Of("shop.payment.latency", "shop.provider=stripe").ShouldHaveSingleItem("a duplicate pays nothing").ShouldBeInRange(240, 300);

        await OweAsync(shop, ada, order);
        numbers.Of("shop.owed.amount", "shop.currency=GBP").ShouldBe([Gross]);
        numbers.Of("shop.owed.age").ShouldHaveSingleItem().ShouldBeInRange(7_200, 7_260);
        numbers.Of("shop.reconciliation.lag", "shop.provider=stripe").ShouldNotBeEmpty();

        await new QueueClient(shop.StorageConnectionString, StorageNames.PaymentEvents + StorageNames.PoisonSuffix).SendMessageAsync("no Base64!", Stop);
        await shop.Host.InvokeAsync("KeepDeadLetters", null, Stop);
        numbers.Of("shop.dead_letters", "messaging.destination.name=payment-events").ShouldBe([1]);
        numbers.Of("shop.dead_letters", "messaging.destination.name=emails").ShouldBe([0]);

        shop.Clock.Advance(TimeSpan.FromDays(400));
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        numbers.Of("shop.purge.actions", "shop.rule=dead-letter shop.action=delete").ShouldBe([1]);
    }

    /// <summary>Two hours after its customer has cancelled, the provider has still not taken the refund.</summary>
    private static async Task OweAsync(RunningShop shop, HttpClient ada, string order)
    {
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Path = "/v1/refunds", Times = 1000, ShouldRetry = false });
        await ada.CancelAsync(order);
        await shop.Host.DrainQueuesAsync(Stop);
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.LookAtAsync(order);
        await shop.Host.InvokeAsync("ReconcileEvents", null, Stop);
    }
}
