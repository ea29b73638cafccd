using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Any order, any number of times, any time: the same shop.</summary>
public sealed class DuplicateTests(StorageEmulator emulator)
{
    public static TheoryData<int> Seeds => [.. PartOfToday.Of(Enumerable.Range(1, 24)).Select(seed => seed.Item)];

    [Fact]
    public async Task The_same_events_fifty_times_at_once_change_the_order_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        var completed = (await shop.TakeEventsAsync()).Single(text => text.Contains("checkout.session.completed", StringComparison.Ordinal));
        var before = await shop.OrderAsync(stage.OrderId);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.ApplyAsync(completed)));
        var after = await shop.OrderAsync(stage.OrderId);
        after.Ledger.Length.ShouldBe(1);
        after.Journal.Length.ShouldBe(before.Journal.Length + 1);
        await stage.ShouldBeAsync("paid");
        await shop.SettleAsync();
        await shop.ShouldHoldAsync();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Deliveries_that_are_shuffled_doubled_and_late_come_to_the_same(int seed)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var random = new Random(seed);
        var ada = await shop.Customer();
        var orders = new List<(string Id, string Expected)>();
        for (var number = 0; number < 4; number++)
        {
            var order = await ada.OrderAsync($"key-{number}");
            orders.Add((order, await ActAsync(shop, ada, order, random)));
        }

        for (var round = 0; round < 8; round++)
        {
            shop.Stripe.Faults.Add(new WebhookFault(WebhookFaultKind.Shuffle));
            shop.Stripe.Faults.Add(new WebhookFault(WebhookFaultKind.Duplicate) { Times = random.Next(1, 4), Copies = random.Next(2, 4) });
            shop.Stripe.Faults.Add(new WebhookFault(WebhookFaultKind.Delay) { Times = random.Next(1, 3), Delay = TimeSpan.FromSeconds(random.Next(1, 100)) });
            await shop.Stripe.DeliverAsync(TestContext.Current.CancellationToken);
            if (random.Next(2) == 0) await shop.Host.DrainQueuesAsync(TestContext.Current.CancellationToken);
            if (random.Next(3) == 0) await shop.LookAtAsync(orders[random.Next(orders.Count)].Id);
            shop.Clock.Advance(TimeSpan.FromSeconds(random.Next(60)));
        }

        shop.Stripe.Faults.Clear();
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        foreach (var (id, expected) in orders) (await ada.PaymentStatusAsync(id)).ShouldBe(expected, $"seed {seed}, order {id}");
        await shop.ShouldHoldAsync($"seed {seed}");
    }

    /// <summary>What a customer and a bank may do to an order.</summary>
    /// <returns>Where its payment must stand once everything has been heard.</returns>
    private static async Task<string> ActAsync(RunningShop shop, HttpClient ada, string order, Random random)
    {
        var session = await ada.CheckoutAsync(order);
        switch (random.Next(6))
        {
            case 0:
                await shop.Stripe.PayAsync(session, PaymentOutcome.Declined);
                return "awaiting";
            case 1:
                await shop.Stripe.PayAsync(session, PaymentOutcome.Declined);
                await shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
                return "paid";
            case 2:
                await shop.Stripe.PayAsync(session, PaymentOutcome.SucceedsLater);
                await shop.Stripe.SettlePaymentAsync(session);
                return "paid";
            case 3:
                await shop.Stripe.PayAsync(session, PaymentOutcome.FailsLater);
                await shop.Stripe.SettlePaymentAsync(session);
                return "failed";
            case 4:
                await shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
                shop.Clock.Advance(TimeSpan.FromSeconds(5));
                await shop.Stripe.PayAsync(await shop.OpenUnnotedPageAsync(order, attempt: 2), PaymentOutcome.Succeeds);
                return "paid";
            default:
                await shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
                await shop.Stripe.RefundAsync(shop.Stripe.Books[^1].PaymentIntentId, 1_000);
                return "partly_refunded";
        }
    }
}
