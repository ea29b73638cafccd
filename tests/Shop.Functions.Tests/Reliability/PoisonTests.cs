using Microsoft.Extensions.Logging;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>A message that cannot be worked off is kept for people, and holds up nobody.</summary>
public sealed class PoisonTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Messages_that_keep_failing_are_set_aside_and_the_others_go_on()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        var unknown = new PaymentEvent { Provider = "stripe", EventId = "evt_1", Type = "checkout.session.completed", OrderId = "0000000000000000000000000z" };
        await SendAsync(StorageNames.PaymentEvents, unknown.ToMessage());
        // Another shop's on the same account, from the days when ids were not checked: nothing to keep for people.
        await SendAsync(StorageNames.PaymentEvents, (unknown with { EventId = "evt_2", OrderId = "wc/10458#1" }).ToMessage());
        await SendAsync(StorageNames.PaymentEvents, "{\"provider\":"u8.ToArray());
        await SendAsync(StorageNames.OrderChecks, "null"u8.ToArray());
        await SendAsync(StorageNames.OrderChecks, "{\"orderId\":17}"u8.ToArray());

        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();

        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync(poisonedEvents: 2, poisonedChecks: 2);
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Error && entry.Text.Contains("was put into", StringComparison.Ordinal)).ShouldBe(4);
        // The worker and its host log each try, each under a name of its own.
        var tries = shop.Log.Entries.Where(entry => entry.Level == LogLevel.Error && entry.Text.Contains("evt_1", StringComparison.Ordinal)).CountBy(entry => entry.Category).ToList();
        tries.ShouldNotBeEmpty();
        tries.ShouldAllBe(logged => logged.Value == 5);

        async Task SendAsync(string queue, byte[] message) =>
            await shop.Queue(queue).SendMessageAsync(BinaryData.FromBytes(message), cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_look_at_an_order_that_was_never_placed_is_over_at_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await shop.SendLookAsync("0000000000000000000000000z");
        await shop.SettleAsync();
        (await shop.CountAsync(StorageNames.OrderChecks)).ShouldBe(0);
        await shop.ShouldHoldAsync();
    }
}
