using System.Net;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>The main job, through the front door: HTTP, sandbox, signed webhook, queue, order.</summary>
public sealed class PayTests(StorageEmulator emulator)
{
    [Fact]
    public async Task An_order_that_is_paid_at_stripe_becomes_paid()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var session = await ada.CheckoutAsync(order);
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");

        await shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
        await shop.SettleAsync();

        var read = await ada.ReadAsync($"api/orders/{order}");
        read["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
        read["payment"]!["received"]!["amount"]!.GetValue<long>().ShouldBe(59_760);
        read["fulfilment"]!["status"]!.GetValue<string>().ShouldBe("unfulfilled");
        var kinds = (await ada.ReadAsync($"api/orders/{order}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>());
        kinds.ShouldBe(["placed", "payment_started", "paid"]);
        (await ada.ReadAsync("api/orders"))["items"]![0]!["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
        shop.Stripe.Books.ShouldHaveSingleItem().Charged.ShouldBe(59_760);
    }

    [Fact]
    public async Task Asking_again_while_a_page_is_open_gives_the_same_page()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        (await ada.CheckoutAsync(order)).ShouldBe(await ada.CheckoutAsync(order));
        shop.Stripe.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_paid_order_is_not_paid_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already-paid");
    }
}
