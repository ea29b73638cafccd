using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.PayPal;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>What PayPal says to a capture, and who asks for it: charged once, and paid only when the money is there.</summary>
public sealed class PayPalCaptureTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_approved_while_its_webhook_is_lost_is_captured_by_the_look()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.LoseWebhooksAsync();

        await shop.LookAtAsync(order);
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Captures.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_pending_capture_is_not_paid_until_it_settles()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, order) = await PendingAsync(shop);
        (await ada.PaymentStatusAsync(order)).ShouldBe("pending");
        (await shop.OrderAsync(order)).Checkouts.ShouldHaveSingleItem().State.ShouldBe(CheckoutState.Completed, "PayPal's order is completed, and nothing is paid");

        await shop.PayPal.SettleCaptureAsync(shop.PayPal.Captures.Single().Id);
        await shop.LoseWebhooksAsync();
        await shop.LookAtAsync(order);
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
    }

    [Fact]
    public async Task A_capture_that_is_denied_leaves_the_order_to_be_paid_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, order) = await PendingAsync(shop);
        await shop.PayPal.SettleCaptureAsync(shop.PayPal.Captures.Single().Id, succeeds: false);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("failed");

        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Orders.Select(known => known.InvoiceId).Distinct().Count().ShouldBe(2, "PayPal takes money for an invoice id once");
    }

    [Fact]
    public async Task A_declined_card_leaves_the_page_open_and_the_next_approval_is_captured()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var checkout = await ada.PayPalCheckoutAsync(order);
        await shop.PayPal.ApproveAsync(checkout, BuyerChoice.ApprovesWithDeclinedCard);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");
        (await ada.PayPalCheckoutAsync(order)).ShouldBe(checkout);

        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.PayPal.ApproveAsync(checkout);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Books.ShouldHaveSingleItem().Charged.ShouldBe(59_760);
    }

    [Fact]
    public async Task The_webhook_and_the_customer_coming_back_at_once_charge_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));

        // The queue's capture has left the app when the customer comes back.
        var gate = shop.Calls.Hold(request => request.RequestUri!.AbsolutePath.EndsWith("/capture", StringComparison.Ordinal));
        var settling = shop.SettleAsync();
        await gate.ArrivedAsync();
        (await (await ada.ConfirmAsync(order)).JsonAsync())["status"]!.GetValue<string>().ShouldBe("paid");
        gate.Open();
        await settling;

        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Captures.ShouldHaveSingleItem();
        (await shop.OrderAsync(order)).Ledger.ShouldHaveSingleItem();
        (await shop.PoisonedAsync(StorageNames.OrderChecks)).ShouldBe(0);
    }

    /// <summary>An order whose buyer has paid by a means that takes its time.</summary>
    private static async Task<(HttpClient Ada, string Order)> PendingAsync(RunningShop shop)
    {
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.PayPal.Faults.Add(new ApiFault(ApiFaultKind.CapturePending));
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        return (ada, order);
    }
}
